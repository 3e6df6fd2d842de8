"""An application that cannot even be loaded."""

raise RuntimeError("the kettle is empty")
