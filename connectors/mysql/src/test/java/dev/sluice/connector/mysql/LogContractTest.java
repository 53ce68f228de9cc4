package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.IncrementContract;
import dev.sluice.testkit.contract.SourceFixture;

/** The server keeps the contract of sources where increments are read from its log. */
final class LogContractTest extends IncrementContract {
    @Override
    protected SourceFixture fixture() {
        return new LogFixture();
    }
}
