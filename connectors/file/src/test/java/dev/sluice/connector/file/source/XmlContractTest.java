package dev.sluice.connector.file.source;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTrait;
import java.io.IOException;
import java.util.Map;

/** Documents of XML keep the contract of sources. */
class XmlContractTest extends SourceContract {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(
                new XmlWriter(),
                Map.of(SourceTrait.HOSTILE_NAMES, "names of elements consist of letters, digits and a few signs"));
    }
}
