package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;

/** The server keeps the contract of sources. */
final class MySqlSourceTest extends SourceContract {
    @Override
    protected SourceFixture fixture() {
        return new TableFixture();
    }
}
