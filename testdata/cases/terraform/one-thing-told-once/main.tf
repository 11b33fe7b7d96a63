# One thing is told once: a rule with several ranges, a range of ports, a database that is public and open, subnets of one call.

variable "network" {}

resource "aws_security_group" "machines" {
  description = "Machines"
  vpc_id      = var.network

  ingress {
    description = "Administrators"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["203.0.113.7/32", "203.0.113.9/32"] # expect: standing-admin-access
  }

  ingress {
    description = "Whatever it is"
    protocol    = "tcp"
    from_port   = 9000
    to_port     = 9400
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed
  }
}

resource "aws_instance" "machine" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.machines.id]
}

# Answers come back to the ports from which its members call: nothing listens there.
resource "aws_network_acl" "public" {
  vpc_id = var.network

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024 # ok: port-range-exposed
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}

resource "google_sql_database_instance" "shop" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = true # ok: public-managed-service
      authorized_networks {
        value = "0.0.0.0/0" # expect: data-store-exposed
      }
    }
  }
}

# One finding for the subnets of one call.
module "network" { # expect: segment-assigns-public-addresses
  source         = "terraform-aws-modules/vpc/aws"
  version        = "3.19.0"
  cidr           = "10.0.0.0/16"
  azs            = ["eu-west-1a", "eu-west-1b"]
  public_subnets = ["10.0.1.0/24", "10.0.2.0/24"]
}
