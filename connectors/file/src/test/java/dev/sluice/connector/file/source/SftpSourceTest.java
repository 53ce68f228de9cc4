package dev.sluice.connector.file.source;

import dev.sluice.connector.file.store.SftpServer;

class SftpSourceTest extends StoreSourceContract {
    SftpSourceTest() {
        super(SftpServer.shared());
    }
}
