"""The pages of the administration, by what they are about."""
