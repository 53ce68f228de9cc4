package dev.sluice.connector.mysql;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.testkit.contract.ChecksumContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.util.Set;

/** The server sums rows as the definition says. */
final class MyChecksumTest extends ChecksumContract {
    @Override
    protected SourceFixture fixture() {
        return new TableFixture();
    }

    @Override
    protected Set<ChecksumForm> lacks() {
        return Set.of(ChecksumForm.SINGLE, ChecksumForm.DOUBLE);
    }
}
