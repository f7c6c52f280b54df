"""BigQuery as a destination, and as a place to stream to."""
