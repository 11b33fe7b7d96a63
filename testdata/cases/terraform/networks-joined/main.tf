# Three networks: the front is peered with the data, and the data with the batch jobs. Only the front has routes both ways.
resource "aws_vpc" "front" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_vpc" "batch" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_subnet" "front" {
  vpc_id     = aws_vpc.front.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.2.1.0/24"
}

resource "aws_subnet" "batch" {
  vpc_id     = aws_vpc.batch.id
  cidr_block = "10.3.1.0/24"
}

resource "aws_vpc_peering_connection" "front_data" {
  vpc_id      = aws_vpc.front.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_vpc_peering_connection" "batch_data" {
  vpc_id      = aws_vpc.batch.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_route" "front_to_data" {
  route_table_id            = aws_vpc.front.main_route_table_id
  destination_cidr_block    = aws_vpc.data.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.front_data.id
}

resource "aws_route" "data_to_front" {
  route_table_id            = aws_vpc.data.main_route_table_id
  destination_cidr_block    = aws_vpc.front.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.front_data.id
}

# What is sent arrives, and no answer comes back.
resource "aws_route" "batch_to_data" {
  route_table_id            = aws_vpc.batch.main_route_table_id
  destination_cidr_block    = aws_vpc.data.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.batch_data.id
}

resource "aws_db_subnet_group" "data" {
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_security_group" "data" {
  vpc_id = aws_vpc.data.id

  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_db_instance" "shop" {
  engine                 = "mysql"
  db_subnet_group_name   = aws_db_subnet_group.data.name
  vpc_security_group_ids = [aws_security_group.data.id]
}

resource "aws_security_group" "callers" {
  name = "callers"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.front.id
  vpc_security_group_ids = [aws_security_group.callers.id]
  user_data              = "DATABASE_URL=mysql://shop@${aws_db_instance.shop.endpoint}/shop"
}

resource "aws_instance" "report" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.batch.id
  vpc_security_group_ids = [aws_security_group.callers.id]
  user_data              = "DATABASE_URL=mysql://shop@${aws_db_instance.shop.endpoint}/shop" # expect: blocked-need
}
