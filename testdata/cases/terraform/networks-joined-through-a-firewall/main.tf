# Networks whose traffic a transit gateway leads through a firewall in a network of its own, and back.

resource "aws_ec2_transit_gateway" "hub" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}

# Who calls.
resource "aws_vpc" "web" {
  cidr_block         = "10.1.0.0/16"
  enable_dns_support = true
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.web.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table" "web" {
  vpc_id = aws_vpc.web.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "web" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.web.id
  subnet_ids         = [aws_subnet.web.id]
}

# Who is called.
resource "aws_vpc" "store" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "store" {
  vpc_id     = aws_vpc.store.id
  cidr_block = "10.2.1.0/24"
}

resource "aws_route_table" "store" {
  vpc_id = aws_vpc.store.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "store" {
  subnet_id      = aws_subnet.store.id
  route_table_id = aws_route_table.store.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "store" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.store.id
  subnet_ids         = [aws_subnet.store.id]
}

# What stands between them.
resource "aws_vpc" "inspection" {
  cidr_block = "10.9.0.0/16"
}

resource "aws_subnet" "transit" {
  vpc_id     = aws_vpc.inspection.id
  cidr_block = "10.9.1.0/24"
}

resource "aws_subnet" "firewall" {
  vpc_id     = aws_vpc.inspection.id
  cidr_block = "10.9.2.0/24"
}

resource "aws_networkfirewall_firewall" "inspection" {
  name                = "inspection"
  vpc_id              = aws_vpc.inspection.id
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/inspection"
  subnet_mapping {
    subnet_id = aws_subnet.firewall.id
  }
}

resource "aws_route_table" "transit" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block      = "0.0.0.0/0"
    vpc_endpoint_id = tolist(aws_networkfirewall_firewall.inspection.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
  }
}

resource "aws_route_table_association" "transit" {
  subnet_id      = aws_subnet.transit.id
  route_table_id = aws_route_table.transit.id
}

resource "aws_route_table" "firewall" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "firewall" {
  subnet_id      = aws_subnet.firewall.id
  route_table_id = aws_route_table.firewall.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "inspection" {
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
  vpc_id                 = aws_vpc.inspection.id
  subnet_ids             = [aws_subnet.transit.id]
  appliance_mode_support = "enable"
}

# What the others send goes to the firewall.
resource "aws_ec2_transit_gateway_route_table" "others" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_route_table_association" "web" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.web.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.others.id
}

resource "aws_ec2_transit_gateway_route_table_association" "store" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.store.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.others.id
}

resource "aws_ec2_transit_gateway_route" "inspected" {
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.inspection.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.others.id
}

# What the firewall sends on goes to them.
resource "aws_ec2_transit_gateway_route_table" "inspection" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_route_table_association" "inspection" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.inspection.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.inspection.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "web" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.web.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.inspection.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "store" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.store.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.inspection.id
}

resource "aws_security_group" "web" {
  description = "Web servers"
  vpc_id      = aws_vpc.web.id
  egress {
    description = "The store"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.2.1.0/24"]
  }
}

resource "aws_security_group" "store" {
  description = "The store"
  vpc_id      = aws_vpc.store.id
  ingress {
    description = "Web servers"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.1.1.0/24"]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.web.id
  vpc_security_group_ids = [aws_security_group.web.id]
  user_data              = "DATABASE_URL=postgres://${aws_db_instance.store.address}:5432/shop"
}

resource "aws_db_subnet_group" "store" {
  subnet_ids = [aws_subnet.store.id]
}

resource "aws_db_instance" "store" {
  engine                 = "postgres"
  db_subnet_group_name   = aws_db_subnet_group.store.name
  vpc_security_group_ids = [aws_security_group.store.id]
}
