# undecided: remote-admin-exposed
variable "office" {
  description = "Nothing gives it a value."
  type        = list(string)
}

variable "open" {
  default = ["0.0.0.0/0"] # expect: remote-admin-exposed
}

resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.open
  }
  ingress {
    from_port = 3389
    to_port   = 3389
    protocol  = "tcp"
    cidr_blocks = var.office
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.web.id]
}

# Whether its subnet leads to the internet is not in the code.
variable "subnet" {
  type = string
}

resource "aws_security_group" "db" {
  name = "db"
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # undecided: data-store-exposed
  }
}

resource "aws_instance" "db" {
  ami                         = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  subnet_id                   = var.subnet
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.db.id]
}
