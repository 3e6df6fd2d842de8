"""Orders of a lot whose sale is stopped: what is not sent is held back and given back in one go; buyers are told."""
