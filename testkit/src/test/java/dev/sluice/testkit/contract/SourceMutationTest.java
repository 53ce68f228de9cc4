package dev.sluice.testkit.contract;

import static dev.sluice.testkit.contract.SourceFault.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract of sources finds the mistakes that sources make: each fault breaks the test that is there for it. */
class SourceMutationTest {
    private static volatile SourceFault fault = NONE;

    private record Finding(SourceFault fault, Class<?> group, String test) {}

    private static final List<Finding> FINDINGS = findings();

    private static List<Finding> findings() {
        return Stream.of(whenChecking(), whenReading(), whenSplitting(), whenIncrementing(), whenConcurring())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Finding> whenChecking() {
        return found(
                SourceContract.Checking.class,
                CHECK_ALWAYS_PASSES,
                "aConfigurationThatDoesNotWorkIsExplained",
                CHECK_WITHOUT_ADVICE,
                "aConfigurationThatDoesNotWorkIsExplained",
                CHECK_SHOWS_SECRETS,
                "aConfigurationThatDoesNotWorkIsExplained",
                CHECK_THROWS,
                "aConfigurationThatDoesNotWorkIsExplained",
                HIDES_KEYS,
                "discoveryShowsAStreamWithItsFieldsTypesAndKey",
                EVERYTHING_IS_TEXT,
                "discoveryShowsAStreamWithItsFieldsTypesAndKey",
                IGNORES_SCOPE,
                "discoveryOfSomeStreamsShowsOnlyThoseThatExist",
                FOLDS_NAMES,
                "tablesAndFieldsWithAnyNameAreReadAsTheyAre",
                ENDS_IN_SILENCE,
                "aTableThatIsGoneIsAProblemAndNoEmptyRead");
    }

    private static List<Finding> whenReading() {
        return found(
                SourceContract.Reading.class,
                LOSES_LAST_ROW_OF_A_SPLIT,
                "aFullReadGivesEachRowOnce",
                GIVES_EMPTY_BATCHES,
                "aFullReadGivesEachRowOnce",
                BATCHES_WITHOUT_LIMIT,
                "aFullReadGivesEachRowOnce",
                COUNT_LIES,
                "aFullReadGivesEachRowOnce",
                HAS_ITS_OWN_CLOCK,
                "aFullReadGivesEachRowOnce",
                IGNORES_SELECTION,
                "selectedFieldsComeInTheOrderThatWasAskedFor",
                KEEPS_OWN_FIELD_ORDER,
                "selectedFieldsComeInTheOrderThatWasAskedFor",
                EMPTY_TEXT_IS_NULL,
                "valuesOfEachTypeComeOutExactly",
                EVERYTHING_IS_TEXT,
                "valuesOfEachTypeComeOutExactly",
                ASKS_NO_PERMISSION,
                "aLargeValueIsReadWithPermission",
                ASKS_NO_PERMISSION,
                "aValueThatTheHostRefusesIsNullAndMarked",
                REFUSED_VALUE_WITHOUT_MARK,
                "aValueThatTheHostRefusesIsNullAndMarked",
                IGNORES_CANCEL,
                "aCancelledReaderEndsSoonWithAProblem");
    }

    private static List<Finding> whenSplitting() {
        return found(
                SourceContract.Splitting.class,
                LOSES_LAST_ROW_OF_A_SPLIT,
                "splitsShareNoRowAndMissNone",
                DOUBLES_ROW_BETWEEN_SPLITS,
                "splitsShareNoRowAndMissNone",
                HOLDS_STATE_IN_MEMORY,
                "aPlanIsPlainDataThatAnotherSourceCanRead",
                SPLITS_OF_SEVERAL_MOMENTS,
                "aReadShowsTheStreamAsItWasInOneMoment",
                DOUBLES_ON_RESUME,
                "anInterruptedReadGoesOnAfterEachBatch",
                LOSES_ON_RESUME,
                "anInterruptedReadGoesOnAfterEachBatch",
                FINISHED_SPLITS_COME_AGAIN,
                "anInterruptedReadGoesOnAfterEachBatch",
                RESUMES_ON_CHANGED_TABLE,
                "aTableThatWasChangedInBetweenIsReadCorrectlyOrAnew",
                RESUMES_ON_NEW_TABLE,
                "aTableThatWasMadeAnewIsNotResumed");
    }

    private static List<Finding> whenIncrementing() {
        return found(
                SourceContract.Incrementing.class,
                LOSES_TIES,
                "rowsThatTieWithTheLastCursorValueAreDeliveredOnce",
                DOUBLES_TIES,
                "rowsThatTieWithTheLastCursorValueAreDeliveredOnce",
                DOUBLES_TIES,
                "anIncrementHasWhatCameSinceTheLastOne",
                LOSES_NULL_CURSORS,
                "rowsWithoutACursorValueThatComeLaterAreDelivered",
                LOSES_LATE_NULL_CURSORS,
                "rowsWithoutACursorValueThatComeLaterAreDelivered",
                LOSES_LATE_COMMITS,
                "rowsThatAreCommittedLateAreDelivered",
                TRUSTS_FUTURE_CURSORS,
                "aCursorValueInTheFutureHidesNothing",
                SEES_OPEN_TRANSACTIONS,
                "rowsThatAreRolledBackAreNeverSeen",
                SEES_OPEN_TRANSACTIONS,
                "rowsThatAreCommittedLateAreDelivered",
                FORGETS_PRECISION,
                "aCursorOfTheFinestPrecisionLosesNothing",
                DOUBLES_ON_RESUME,
                "anInterruptedIncrementGoesOnOrIsDoneAnew",
                LOSES_ON_RESUME,
                "anInterruptedIncrementGoesOnOrIsDoneAnew",
                LOSES_ON_RESUME,
                "whatChangesDuringAnInterruptionComesWithTheNextIncrement",
                TAKES_ANY_POSITION,
                "aPositionOfAnotherIdentityIsRefused",
                THROWS_BARE_EXCEPTIONS,
                "aPositionOfAnotherIdentityIsRefused",
                TAKES_POSITION_OF_OLD_TABLE,
                "aPositionOfATableThatWasMadeAnewIsRefused");
    }

    private static List<Finding> whenConcurring() {
        return found(
                SourceContract.Concurring.class,
                LOSES_LATE_COMMITS,
                "nothingIsLostOrDoubledWhileManyInsert",
                DOUBLES_TIES,
                "nothingIsLostOrDoubledWhileManyInsert",
                LOSES_TIES,
                "noChangeIsLostWhileManyUpdate");
    }

    private static List<Finding> found(Class<?> group, Object... faultsAndTests) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < faultsAndTests.length; i += 2) {
            findings.add(new Finding((SourceFault) faultsAndTests[i], group, (String) faultsAndTests[i + 1]));
        }
        return findings;
    }

    static class Faulty extends SourceContract {
        @Override
        protected SourceFixture fixture() {
            return new MemorySourceFixture(fault, false);
        }
    }

    static class FaultyLog extends SourceContract {
        @Override
        protected SourceFixture fixture() {
            return new MemorySourceFixture(fault, true);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachFaultIsFound() {
        return FINDINGS.stream()
                .map(finding -> DynamicTest.dynamicTest(finding.fault() + " by " + finding.test(), () -> {
                    fault = finding.fault();
                    Mutations.requireFound(Faulty.class, finding.group(), finding.test());
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachFaultOfALogIsFound() {
        return Stream.of(
                        new Finding(
                                LOG_WITHOUT_DELETES, SourceContract.Concurring.class, "aLogTellsWhatHappenedToEachRow"),
                        new Finding(
                                LOG_IN_WRONG_ORDER, SourceContract.Concurring.class, "aLogTellsWhatHappenedToEachRow"),
                        new Finding(
                                LOG_ONLY_ONCE,
                                SourceContract.Concurring.class,
                                "aLogCanBeReadAgainUntilItHearsThatItWasCommitted"))
                .map(finding -> DynamicTest.dynamicTest(finding.fault().toString(), () -> {
                    fault = finding.fault();
                    Mutations.requireFound(FaultyLog.class, finding.group(), finding.test());
                }));
    }

    @Test
    void noFaultIsForgotten() {
        Set<SourceFault> tried = EnumSet.of(NONE, LOG_WITHOUT_DELETES, LOG_IN_WRONG_ORDER, LOG_ONLY_ONCE);
        FINDINGS.forEach(finding -> tried.add(finding.fault()));
        assertThat(tried).containsExactlyInAnyOrder(SourceFault.values());
    }
}
