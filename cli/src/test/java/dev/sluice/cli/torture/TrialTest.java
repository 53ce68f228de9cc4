package dev.sluice.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.spi.catalog.StreamId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is tried, and what counts as held, broken, not passed and unproven. */
class TrialTest {
    private final List<Outcome> told = new ArrayList<>();

    private Trial.Result trial(FakeProduct product, StreamMode mode, List<String> cuts, BooleanSupplier over) {
        return new Trial(product, Path.of("unused"), cuts, over, told::add)
                .of(new Subject(StreamId.of("orders"), mode, product));
    }

    private Trial.Result trial(FakeProduct product, StreamMode mode, String... cuts) {
        return trial(product, mode, List.of(cuts), () -> false);
    }

    private static Map<String, Verdict> verdicts(Trial.Result result) {
        return result.outcomes().stream().collect(Collectors.toMap(Outcome::attack, Outcome::verdict));
    }

    @Test
    void aProductThatKeepsItsPromisesHoldsAtAllItsCutsAndIsNotPraisedForOthers() {
        FakeProduct product = new FakeProduct(false);

        Trial.Result result = trial(product, StreamMode.FULL_REFRESH_APPEND);

        assertThat(verdicts(result))
                .containsEntry("SIGKILL at after-open", Verdict.HELD)
                .containsEntry("SIGKILL at after-write", Verdict.HELD)
                .containsEntry("SIGKILL at after-commit", Verdict.HELD)
                .containsEntry("SIGTERM at after-write", Verdict.HELD)
                .containsEntry("SIGINT at after-write", Verdict.HELD)
                .containsEntry("a second run at after-write", Verdict.HELD)
                .containsEntry("SIGKILL at before-publish", Verdict.NOT_PASSED)
                .doesNotContainValue(Verdict.BROKEN);
        assertThat(told).isEqualTo(result.outcomes());
        assertThat(result.rows()).isEqualTo(10);
        assertThat(product.isUndone()).isFalse();
        assertThat(product.content()).as("nothing is left behind").isEqualTo(Content.EMPTY);
    }

    @Test
    void bothTheFirstAndTheSecondRunAreKilled() {
        FakeProduct product = new FakeProduct(false);

        Trial.Result result = trial(product, StreamMode.FULL_REFRESH_APPEND, "after-commit");

        assertThat(product.plays)
                .containsExactly("run", "run", "KILL after-commit", "run", "KILL after-commit", "run", "run");
        assertThat(result.outcomes().getFirst().disturbed()).isEqualTo(2);
    }

    @Test
    void lostRowsAreSeen() {
        FakeProduct product = new FakeProduct(false)
                .withDefect("after-commit", table -> table.isEmpty() ? table : table.subList(1, table.size()));

        Outcome outcome = trial(product, StreamMode.FULL_REFRESH_APPEND, "after-commit")
                .outcomes()
                .getFirst();

        assertThat(outcome.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(outcome.why()).contains("second run", "it has 19 rows and not 20");
    }

    @Test
    void doubledRowsAndChangedValuesAreSeen() {
        FakeProduct doubling = new FakeProduct(false).withDefect("after-write", table -> List.of(3));
        assertThat(trial(doubling, StreamMode.FULL_REFRESH_APPEND, "after-write")
                        .outcomes()
                        .getFirst()
                        .why())
                .contains("it has 11 rows and not 10");

        FakeProduct changing = new FakeProduct(false)
                .withDefect(
                        "after-write",
                        table -> table.stream().map(row -> row + 1).toList());
        assertThat(trial(changing, StreamMode.FULL_REFRESH_APPEND, "after-write")
                        .outcomes()
                        .getFirst()
                        .why())
                .contains("the right number of rows, 20, but other values");
    }

    @Test
    void aTableThatIsEmptyForAMomentIsSeenAlthoughTheNextRunFillsIt() {
        FakeProduct wiping = new FakeProduct(true).withDefect("after-open", table -> List.of());

        Trial.Result result = trial(wiping, StreamMode.FULL_REFRESH_OVERWRITE, "after-open", "after-write");

        assertThat(result.outcomes().getFirst().verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.outcomes().getFirst().why()).contains("the kill left a part of the table", "0 rows");
        assertThat(result.outcomes().getLast().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void aSecondRunThatIsLetInIsSeen() {
        Trial.Result result = trial(new FakeProduct(false).lettingIn(0), StreamMode.FULL_REFRESH_APPEND);

        assertThat(verdicts(result)).containsEntry("a second run at after-write", Verdict.BROKEN);
    }

    @Test
    void aSourceThatChangesMeanwhileProvesNothing() {
        Trial.Result result = trial(
                new FakeProduct(true).changingAfter(6), StreamMode.FULL_REFRESH_OVERWRITE, "after-open", "after-write");

        assertThat(result.outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.verdict()).isEqualTo(Verdict.UNPROVEN);
            assertThat(outcome.why()).contains("the source changed meanwhile");
        });
    }

    @Test
    void whatTheTimeDoesNotAllowIsCounted() {
        int[] asked = {0};

        Trial.Result result = trial(
                new FakeProduct(false),
                StreamMode.FULL_REFRESH_APPEND,
                List.of("after-open", "after-write", "after-commit"),
                () -> asked[0]++ >= 1);

        assertThat(result.outcomes()).hasSize(1);
        assertThat(result.leftOut()).isEqualTo(2);
    }
}
