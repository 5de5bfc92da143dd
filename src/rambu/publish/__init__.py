"""What people get to see of an assessment or of the register: one builder a file, without disk or clock."""
