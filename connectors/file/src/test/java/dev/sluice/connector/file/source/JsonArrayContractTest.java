package dev.sluice.connector.file.source;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.io.IOException;
import java.util.Map;

class JsonArrayContractTest extends SourceContract {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(new TextWriter(TextWriter.Kind.JSON_ARRAY, false), Map.of());
    }
}
