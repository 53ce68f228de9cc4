package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.SftpServer;

class SftpTargetTest extends StoreTargetContract {
    SftpTargetTest() {
        super(SftpServer.shared());
    }
}
