"""Households: what live commerce has brought each one, and later help, requests, training and jobs."""
