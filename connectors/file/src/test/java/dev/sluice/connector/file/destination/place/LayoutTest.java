package dev.sluice.connector.file.destination.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The template of folders: what it makes of names and runs, and which templates are refused. */
class LayoutTest {
    private static final Generation RUN = new Generation(3, 0, 17);
    private static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

    private static TargetName name(String stream) {
        return new TargetName("public", stream);
    }

    @Test
    void aStreamHasOneFolderByDefault() {
        Layout layout = Layout.parse(Layout.DEFAULT);
        assertThat(layout.folder(name("orders"))).isEqualTo("public.orders");
        assertThat(layout.folder(new TargetName(null, "orders"))).isEqualTo("orders");
        assertThat(layout.folder(RUN, BEGUN)).isEmpty();
    }

    @Test
    void namesAreEscapedAndTheTextOfTheTemplateIsNot() {
        Layout layout = Layout.parse("lake/ns={namespace}/{stream}_v1");
        assertThat(layout.folder(new TargetName("a/b", "../c"))).isEqualTo("lake/ns=a%2Fb/%2E.%2Fc_v1");
    }

    @Test
    void aNamespaceThatLacksLeavesNoEmptyPart() {
        assertThat(Layout.parse("{namespace}/{stream}").folder(new TargetName(null, "orders")))
                .isEqualTo("orders");
        assertThat(Layout.parse("{stream}.{namespace}").folder(new TargetName(null, "orders")))
                .isEqualTo("orders");
    }

    @Test
    void theRunDividesTheFilesOfAStream() {
        Layout layout = Layout.parse("{stream}/year={year}/{month}-{day}/{hour}/run {sync_id} of {generation_id}");
        assertThat(layout.folder(name("orders"))).isEqualTo("orders");
        assertThat(layout.folder(RUN, BEGUN)).isEqualTo("year=2026/01-02/03/run 17 of 3/");
    }

    @Test
    void templatesWithoutSenseAreRefused() {
        for (String template : List.of(
                "",
                "fixed",
                "{namespace}",
                "{year}/{stream}",
                "{stream}{year}",
                "../{stream}",
                "/{stream}",
                "a//{stream}",
                ".sluice/{stream}",
                "{strem}",
                "{stream",
                "a\\b/{stream}",
                "a:b/{stream}")) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(template)
                    .isThrownBy(() -> Layout.parse(template))
                    .satisfies(refused -> {
                        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIG);
                        assertThat(refused.problem().fix()).isNotBlank();
                    });
        }
    }

    @Test
    void aMisspeltPlaceholderIsCorrected() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Layout.parse("{strem}"))
                .withMessageContaining("did you mean {stream}?");
    }
}
