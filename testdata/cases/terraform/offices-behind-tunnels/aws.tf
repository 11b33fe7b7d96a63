# The office has 192.168.0.0/16, behind a VPN: it gets to subnets whose tables send back what it asks for, and to no others.
resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpn_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "203.0.113.1"
  type       = "ipsec.1"
}

resource "aws_vpn_connection" "office" {
  vpn_gateway_id      = aws_vpn_gateway.main.id
  customer_gateway_id = aws_customer_gateway.office.id
  type                = "ipsec.1"
  static_routes_only  = true
}

resource "aws_vpn_connection_route" "office" {
  vpn_connection_id      = aws_vpn_connection.office.id
  destination_cidr_block = "192.168.0.0/16"
}

resource "aws_subnet" "joined" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table" "joined" {
  vpc_id           = aws_vpc.main.id
  propagating_vgws = [aws_vpn_gateway.main.id]
}

resource "aws_route_table_association" "joined" {
  subnet_id      = aws_subnet.joined.id
  route_table_id = aws_route_table.joined.id
}

resource "aws_subnet" "apart" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.2.0/24"
}

resource "aws_route_table" "apart" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "apart" {
  subnet_id      = aws_subnet.apart.id
  route_table_id = aws_route_table.apart.id
}

resource "aws_security_group" "joined" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["0.0.0.0/0"] # expect: sensitive-port-to-wide-range
  }
}

resource "aws_security_group" "apart" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["0.0.0.0/0"] # ok: sensitive-port-to-wide-range
  }
}

resource "aws_security_group" "desk" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["192.168.7.5/32"] # ok: sensitive-port-to-wide-range
  }
}

resource "aws_db_subnet_group" "joined" {
  subnet_ids = [aws_subnet.joined.id]
}

resource "aws_db_subnet_group" "apart" {
  subnet_ids = [aws_subnet.apart.id]
}

resource "aws_db_instance" "joined" {
  engine                 = "mysql"
  db_subnet_group_name   = aws_db_subnet_group.joined.name
  vpc_security_group_ids = [aws_security_group.joined.id]
}

resource "aws_db_instance" "apart" {
  engine                 = "mysql"
  db_subnet_group_name   = aws_db_subnet_group.apart.name
  vpc_security_group_ids = [aws_security_group.apart.id]
}

resource "aws_db_instance" "desk" {
  engine                 = "mysql"
  db_subnet_group_name   = aws_db_subnet_group.joined.name
  vpc_security_group_ids = [aws_security_group.desk.id]
}
