resource "aws_vpc" "main" {
  cidr_block         = "10.0.0.0/16"
  enable_dns_support = false # expect: unresolved-names
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_route_table" "inner" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "one" {
  subnet_id      = aws_subnet.one.id
  route_table_id = aws_route_table.inner.id
}

resource "aws_route_table_association" "two" {
  subnet_id      = aws_subnet.two.id
  route_table_id = aws_route_table.inner.id
}

# It asks for an address of the internet, and no route leads from there to its subnets.
resource "aws_db_subnet_group" "inner" {
  name       = "inner"
  subnet_ids = [aws_subnet.one.id, aws_subnet.two.id]
}

resource "aws_security_group" "store" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "store" {
  engine                 = "postgres"
  instance_class         = "db.t4g.micro"
  publicly_accessible    = true
  db_subnet_group_name   = aws_db_subnet_group.inner.name
  vpc_security_group_ids = [aws_security_group.store.id]
}

# A key to log in by, and no group that may: EKS lets in everybody.
resource "aws_eks_node_group" "open" {
  cluster_name    = "shop"
  node_group_name = "open"
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = ["subnet-0abcdef1234567890"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  remote_access {
    # undecided: remote-admin-exposed
    ec2_ssh_key = "shop"
  }
}

resource "aws_eks_node_group" "shut" {
  cluster_name    = "shop"
  node_group_name = "shut"
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = ["subnet-0abcdef1234567890"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  remote_access {
    ec2_ssh_key               = "shop"
    source_security_group_ids = ["sg-0abcdef1234567890"]
  }
}
