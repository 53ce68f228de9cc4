package dev.sluice.connector.file.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.connector.file.destination.text.TextFormat;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Rows that go into a pipe. */
class StandardOutputTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TargetSpec spec = Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.OVERWRITE);

    private Destination csv() {
        TextFormat format = new TextFormat(new TextFormat.Notation.Csv(',', true), Compression.NONE);
        return new StandardOutput(format, false, out, new TestContext());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rowsArePrintedInTheirOrder() {
        try (Destination destination = csv();
                TargetRun run = TargetRun.open(destination, spec)) {
            run.commit("a", "2", Lake.batch(1, 2, "DE"))
                    .split("a", Lake.batch(3, 3, "FR"))
                    .split("b", Lake.batch(4, 4, "NP"))
                    .publish(null);
        }
        assertThat(printed()).isEqualTo("id,country\n1,DE\n2,DE\n3,FR\n4,NP\n");
    }

    @Test
    void aStreamWithoutRowsHasItsHeader() {
        try (Destination destination = csv();
                TargetRun run = TargetRun.open(destination, spec)) {
            run.publish(null);
        }
        assertThat(printed()).isEqualTo("id,country\n");
    }

    /** What was printed is gone, so the next run begins anew whatever the last one did. */
    @Test
    void nothingIsRemembered() {
        try (Destination destination = csv()) {
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.split("a", Lake.batch(1, 2, "DE"));
                assertThat(destination.ledger(spec)).isEmpty();
            }
            assertThat(destination.ledger(spec)).isEmpty();
            assertThat(destination.plan(spec).guarantee()).isEqualTo(Guarantee.NONE);
            assertThat(destination.check().succeeded()).isTrue();
        }
    }

    @Test
    void onlyOneStreamIsPrintedAtATime() {
        try (Destination destination = csv();
                TargetRun run = TargetRun.open(destination, spec)) {
            assertThat(run).isNotNull();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> destination.open(spec))
                    .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFLICT));
        }
    }

    @Test
    void increasesCannotBePrinted() {
        try (Destination destination = csv()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> destination.plan(Lake.spec("orders", Lake.SCHEMA, DestinationSyncMode.APPEND)))
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_MODE_UNSUPPORTED"));
        }
    }
}
