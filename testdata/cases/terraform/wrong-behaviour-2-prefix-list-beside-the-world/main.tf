# A prefix list beside a range takes nothing away from the range.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "203.0.113.0/28"
  }
}

resource "aws_security_group" "both" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port       = 3389
    to_port         = 3389
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id]
    cidr_blocks     = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "both" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.both.id]
}

resource "aws_security_group" "list_alone" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port       = 3389
    to_port         = 3389
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "list_alone" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.list_alone.id]
}

# A list of everybody is everybody.
resource "aws_ec2_managed_prefix_list" "everybody" {
  name           = "everybody"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "0.0.0.0/0" # expect: remote-admin-exposed
  }
}

resource "aws_security_group" "list_of_everybody" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port       = 3389
    to_port         = 3389
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.everybody.id]
  }
}

resource "aws_instance" "list_of_everybody" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.list_of_everybody.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port       = 3389
    to_port         = 3389
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id]
    cidr_blocks     = ["0.0.0.0/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}
