package dev.sluice.cdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void optionsComeInTheirOrderWithPercentSignsUndone() {
        assertThat(Query.parse("b=1&a=x%20y%26z&c=+1&&d="))
                .containsExactly(
                        Map.entry("b", "1"), Map.entry("a", "x y&z"), Map.entry("c", "+1"), Map.entry("d", ""));
        assertThat(Query.parse("")).isEmpty();
    }

    @Test
    void whatIsMalformedIsRefusedAndNotSkipped() {
        for (String query : List.of("count", "=5", "a=1&b", "a=%zz", "a=1&a=2")) {
            assertThatThrownBy(() -> Query.parse(query)).as(query).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem().code()).isEqualTo("E_BAD_ADDRESS");
                assertThat(e.problem().fix()).isNotBlank();
            });
        }
    }

    @Test
    void anAddressMayNameNothingButAConnector() {
        for (String uri : List.of("sample", "sample:", "sample://", "SAMPLE:", "sample:?", "sample://?")) {
            assertThat(Query.ofBareAddress("sample", uri)).as(uri).hasValue(Map.of());
        }
        assertThat(Query.ofBareAddress("sample", "sample://?seed=7")).hasValue(Map.of("seed", "7"));
        assertThat(Query.ofBareAddress("sample", "Sample:?seed=7")).hasValue(Map.of("seed", "7"));
    }

    @Test
    void addressesOfOthersAreNotTaken() {
        for (String uri : List.of("", "sample.csv", "samples:", "postgres://sample", "./sample", "sample?seed=7")) {
            assertThat(Query.ofBareAddress("sample", uri)).as(uri).isEmpty();
        }
    }

    @Test
    void aPlaceBehindTheNameIsRefused() {
        assertThatThrownBy(() -> Query.ofBareAddress("sample", "sample://host/path?seed=7"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("E_BAD_ADDRESS"));
    }
}
