resource "aws_security_group" "world" {
  name = "world"
  ingress {
    from_port = 0
    to_port   = 65535
    protocol  = "tcp"
    # expect: data-store-exposed "PostgreSQL (5433/tcp)"
    # expect: message-broker-exposed
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# The port is its own, and the catalogue knows the engine.
resource "aws_db_instance" "open" {
  engine                 = "postgres"
  port                   = 5433
  instance_class         = "db.t3.micro"
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.world.id]
}

# Nothing outside gets to it, whatever its group admits.
resource "aws_db_instance" "inside" {
  engine                 = "mysql"
  instance_class         = "db.t3.micro"
  vpc_security_group_ids = [aws_security_group.world.id]
}

resource "aws_mq_broker" "open" {
  broker_name         = "orders"
  engine_type         = "RabbitMQ"
  engine_version      = "3.13"
  host_instance_type  = "mq.t3.micro"
  publicly_accessible = true
  security_groups     = [aws_security_group.world.id]
  user {
    username = "orders"
    password = "from-elsewhere"
  }
}

# Caches have no public address at all.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  security_group_ids   = [aws_security_group.world.id]
}

resource "aws_eks_cluster" "open" {
  name     = "open"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  vpc_config {
    subnet_ids          = ["subnet-0a", "subnet-0b"]
    public_access_cidrs = ["0.0.0.0/0"] # expect: cluster-api-exposed
  }
}
