package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final Gaps<SourceTrait> NONE = new Gaps<>(Map.of());
    private static final Gaps<SourceTrait> TIES =
            new Gaps<>(Map.of(SourceTrait.TIES, "the interface gives no order among equal values"));

    @Test
    void whatIsNotDeclaredIsExpected() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        NONE.expect(SourceTrait.TIES, runs::incrementAndGet);
        assertThat(runs).hasValue(1);
        assertThat(NONE.has(SourceTrait.TIES)).isTrue();
        assertThatCode(() -> NONE.need(SourceTrait.TIES)).doesNotThrowAnyException();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> NONE.expect(SourceTrait.TIES, () -> {
                    throw new AssertionError("lost a row");
                }));
    }

    @Test
    void aDeclaredGapHasToBeOne() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> TIES.expect(SourceTrait.TIES, () -> {}))
                .withMessageContaining("TIES")
                .withMessageContaining("remove the declaration");
    }

    @Test
    void aDeclaredGapShowsAsADifferenceOrAProblem() {
        assertThatCode(() -> TIES.expect(SourceTrait.TIES, () -> {
                    throw new AssertionError("lost a row");
                }))
                .doesNotThrowAnyException();
        assertThatCode(() -> TIES.expect(SourceTrait.TIES, () -> {
                    throw Problem.of("E_NOT_POSSIBLE", ProblemKind.CONFIG, "not possible")
                            .exception();
                }))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> TIES.expect(SourceTrait.TIES, () -> {
                    throw new IllegalStateException("something else");
                }));
    }

    @Test
    void testsThatNeedALackingTraitAreSkippedWithTheReason() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> TIES.need(SourceTrait.RESUME, SourceTrait.TIES))
                .withMessageContaining("no order among equal values");
    }

    @Test
    void aGapCanShowItselfInItsOwnWay() throws Exception {
        AtomicInteger without = new AtomicInteger();
        TIES.expect(SourceTrait.TIES, () -> {}, without::incrementAndGet);
        NONE.expect(SourceTrait.TIES, () -> {}, without::incrementAndGet);
        assertThat(without).hasValue(1);
    }

    @Test
    void aGapNeedsAReason() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new Gaps<>(Map.of(SourceTrait.TIES, " ")))
                .withMessageContaining("TIES");
    }

    @Test
    void everyTraitSaysWhatItPromises() {
        assertThat(SourceTrait.values())
                .allSatisfy(trait -> assertThat(trait.promise()).isNotBlank());
        assertThat(DestinationTrait.values())
                .allSatisfy(trait -> assertThat(trait.promise()).isNotBlank());
    }
}
