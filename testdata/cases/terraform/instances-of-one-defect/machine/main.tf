variable "from" {
  # expect: data-store-exposed "The same line does it for green."
  default = ["0.0.0.0/0"]
}

resource "aws_security_group" "this" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = var.from
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed "The same line does it for green"
  }
}

resource "aws_instance" "this" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.this.id]
}
