"""What `make bench` measures: ratios against an anchor taken in the same run, each part in a home of its own."""
