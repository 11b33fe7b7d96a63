# The database and its client stand in networks that other code makes: whether these are one is not in this code.
variable "data_subnets" {
  type = list(string)
}

variable "web_subnet" {
  type = string
}

resource "aws_db_subnet_group" "data" {
  subnet_ids = var.data_subnets
}

resource "aws_db_instance" "shop" {
  engine               = "mysql"
  db_subnet_group_name = aws_db_subnet_group.data.name
}

resource "aws_instance" "web" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = var.web_subnet
  user_data     = "DATABASE_URL=mysql://shop@${aws_db_instance.shop.endpoint}/shop" # ok: blocked-need
}

# These two networks are here, and nothing leads from one to the other.
resource "aws_vpc" "front" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "back" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "front" {
  vpc_id     = aws_vpc.front.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_subnet" "back" {
  vpc_id     = aws_vpc.back.id
  cidr_block = "10.2.1.0/24"
}

resource "aws_db_subnet_group" "back" {
  subnet_ids = [aws_subnet.back.id]
}

# expect: blocked-need
resource "aws_db_instance" "stock" {
  engine               = "mysql"
  db_subnet_group_name = aws_db_subnet_group.back.name
}

resource "aws_instance" "desk" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.front.id
  user_data     = "DATABASE_URL=mysql://stock@${aws_db_instance.stock.endpoint}/stock"
}
