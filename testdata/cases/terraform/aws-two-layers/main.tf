# The list of the subnet is asked as well as the group, by number, and what it does not name is denied.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "first" {
  availability_zone = "eu-central-1a"
}

resource "aws_default_subnet" "second" {
  availability_zone = "eu-central-1b"
}

resource "aws_network_acl" "strict" {
  vpc_id     = aws_default_vpc.default.id
  subnet_ids = [aws_default_subnet.first.id]
  ingress {
    rule_no    = 200
    action     = "allow"
    protocol   = "tcp"
    from_port  = 0
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
  ingress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "loose" {
  vpc_id     = aws_default_vpc.default.id
  subnet_ids = [aws_default_subnet.second.id]
}

resource "aws_network_acl_rule" "deny_later" {
  network_acl_id = aws_network_acl.loose.id
  rule_number    = 200
  rule_action    = "deny"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "allow_first" {
  network_acl_id = aws_network_acl.loose.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

# What comes in by the list is answered by it too.
resource "aws_network_acl_rule" "answers" {
  network_acl_id = aws_network_acl.loose.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = "0.0.0.0/0"
}

resource "aws_security_group" "first" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "first" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.first.id
  vpc_security_group_ids = [aws_security_group.first.id]
}

resource "aws_security_group" "second" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "second" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.second.id
  vpc_security_group_ids = [aws_security_group.second.id]
}
