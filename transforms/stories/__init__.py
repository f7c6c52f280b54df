"""What makes two articles one story. Knows no Beam."""
