package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.S3Server;

class S3TargetTest extends StoreTargetContract {
    S3TargetTest() {
        super(S3Server.shared());
    }
}
