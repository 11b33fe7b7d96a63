# What a service is told of another is what it calls: the group of the database has to let it in.
resource "aws_vpc" "shop" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "shop" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_db_subnet_group" "shop" {
  subnet_ids = [aws_subnet.shop.id]
}

resource "aws_security_group" "api" {
  vpc_id = aws_vpc.shop.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# ok: blocked-need
resource "aws_security_group" "orders" {
  vpc_id = aws_vpc.shop.id
  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.api.id]
  }
}

# Nobody gets in.
# expect: blocked-need "MySQL"
resource "aws_security_group" "users" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_rds_cluster" "orders" {
  engine                 = "aurora-postgresql"
  db_subnet_group_name   = aws_db_subnet_group.shop.name
  vpc_security_group_ids = [aws_security_group.orders.id]
}

resource "aws_rds_cluster" "users" {
  engine                 = "aurora-mysql"
  db_subnet_group_name   = aws_db_subnet_group.shop.name
  vpc_security_group_ids = [aws_security_group.users.id]
}

resource "aws_ecs_task_definition" "api" {
  family       = "api"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name         = "api"
    image        = "example/api:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "ORDERS_HOST", value = aws_rds_cluster.orders.endpoint },
      { name = "USERS_HOST", value = aws_rds_cluster.users.endpoint },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  network_configuration {
    subnets         = [aws_subnet.shop.id]
    security_groups = [aws_security_group.api.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_security_group" "front" {
  vpc_id = aws_vpc.shop.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id            = aws_security_group.api.id
  referenced_security_group_id = aws_security_group.front.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_lb" "front" {
  subnets         = [aws_subnet.shop.id]
  security_groups = [aws_security_group.front.id]
}

resource "aws_lb_target_group" "api" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80 # expect: plaintext-from-internet "internet → front →"
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

# Its group does not let the internet in at this port.
resource "aws_lb_listener" "other" {
  load_balancer_arn = aws_lb.front.arn
  port              = 8080 # ok: plaintext-from-internet
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb" "inside" {
  internal        = true
  subnets         = [aws_subnet.shop.id]
  security_groups = [aws_security_group.front.id]
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 80 # ok: plaintext-from-internet
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}
