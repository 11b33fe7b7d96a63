# What comes from the internet for the subnets of the servers goes through the firewall, and what they send out too.
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_subnet" "firewall" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.0.0.0/28"
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_networkfirewall_firewall" "shop" {
  name                = "shop"
  vpc_id              = aws_vpc.shop.id
  firewall_policy_arn = aws_networkfirewall_firewall_policy.shop.arn
  subnet_mapping {
    subnet_id = aws_subnet.firewall.id
  }
}

resource "aws_networkfirewall_firewall_policy" "shop" {
  name = "shop"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_default_actions           = ["aws:drop_strict"]
    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.web.arn
    }
  }
}

resource "aws_networkfirewall_rule_group" "web" {
  name     = "web"
  type     = "STATEFUL"
  capacity = 10
  rule_group {
    rules_source {
      stateful_rule {
        action = "PASS"
        header {
          protocol         = "TCP"
          source           = "ANY" # expect: grant-open-to-internet
          source_port      = "ANY"
          direction        = "FORWARD"
          destination      = "10.0.1.0/24"
          destination_port = "[22,443]"
        }
        rule_option {
          keyword  = "sid"
          settings = ["1"]
        }
      }
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

locals {
  endpoint = one([
    for state in aws_networkfirewall_firewall.shop.firewall_status[0].sync_states : state.attachment[0].endpoint_id
    if state.attachment[0].subnet_id == aws_subnet.firewall.id
  ])
}

resource "aws_route_table" "edge" {
  vpc_id = aws_vpc.shop.id
  route {
    cidr_block      = aws_subnet.web.cidr_block
    vpc_endpoint_id = local.endpoint
  }
}

resource "aws_route_table_association" "edge" {
  gateway_id     = aws_internet_gateway.shop.id
  route_table_id = aws_route_table.edge.id
}

resource "aws_route_table" "firewall" {
  vpc_id = aws_vpc.shop.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}

resource "aws_route_table_association" "firewall" {
  subnet_id      = aws_subnet.firewall.id
  route_table_id = aws_route_table.firewall.id
}

resource "aws_route_table" "web" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "web" {
  route_table_id         = aws_route_table.web.id
  destination_cidr_block = "0.0.0.0/0"
  vpc_endpoint_id        = tolist(aws_networkfirewall_firewall.shop.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
}

resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}

# The group opens two ports of administration; the firewall lets one of them through.
resource "aws_security_group" "web" {
  vpc_id      = aws_vpc.shop.id
  description = "Web servers"
  ingress {
    description = "Callers"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    description = "Administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
  ingress {
    description = "Desktops"
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: grant-open-to-internet
  }
}

resource "aws_instance" "web" {
  ami                         = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.web.id
  associate_public_ip_address = true # expect: public-address
  vpc_security_group_ids      = [aws_security_group.web.id]
}
