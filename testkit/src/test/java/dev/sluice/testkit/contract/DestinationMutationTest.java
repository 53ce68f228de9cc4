package dev.sluice.testkit.contract;

import static dev.sluice.testkit.contract.DestinationFault.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract of destinations finds the mistakes that destinations make: each fault breaks the test that is there for it. */
class DestinationMutationTest {
    private static volatile DestinationFault fault = NONE;

    private record Finding(DestinationFault fault, Class<?> group, String test) {}

    private static Stream<Finding> checking() {
        Class<?> group = DestinationContract.Checking.class;
        return Stream.of(
                new Finding(CHECK_ALWAYS_PASSES, group, "aConfigurationThatDoesNotWorkIsExplained"),
                new Finding(CHECK_SHOWS_SECRETS, group, "aConfigurationThatDoesNotWorkIsExplained"),
                new Finding(PLAN_CREATES, group, "aPlanSaysWhatWillHappenAndChangesNothing"),
                new Finding(PLAN_HIDES_REPLACING, group, "aPlanSaysWhatWillHappenAndChangesNothing"),
                new Finding(TAKES_ANY_MODE, group, "aModeThatItDoesNotHaveIsRefused"),
                new Finding(CLAIMS_NO_OPERATIONS, group, "itsTraitsAreThoseThatAreExpected"),
                new Finding(CLAIMS_NO_OPERATIONS, group, "changesOfALogAreRefusedByThoseWhoCannotApplyThem"));
    }

    private static Stream<Finding> replacing() {
        Class<?> group = DestinationContract.Replacing.class;
        return Stream.of(
                new Finding(LOSES_ROW_AND_COUNTS_IT, group, "appendedRowsAddUp"),
                new Finding(DOUBLES_ROW, group, "appendedRowsAddUp"),
                new Finding(LOSES_ROW_OF_SECOND_BATCH, group, "manySplitsCommitsAndBatchesAddUp"),
                new Finding(PREPARED_IS_VISIBLE, group, "appendedRowsAreSeenWhenTheyAreCommitted"),
                new Finding(SWAPS_WHEN_OPENED, group, "readersSeeTheOldContentUntilTheNewOneIsPublished"),
                new Finding(SWAPS_WHEN_COMMITTED, group, "readersSeeTheOldContentUntilTheNewOneIsPublished"),
                new Finding(SWAPS_IN_TWO_STEPS, group, "aReaderNeverSeesAMixture"),
                new Finding(PUBLISHES_WITHOUT_COUNTING, group, "aPublishThatMissesRowsFailsAndKeepsTheOldContent"),
                new Finding(FAILED_PUBLISH_DROPS_OLD, group, "aPublishThatMissesRowsFailsAndKeepsTheOldContent"),
                new Finding(NEVER_REPLACES, group, "anOverwriteReplacesWhatWasThere"),
                new Finding(EMPTY_RUN_REPLACES_NOTHING, group, "anOverwriteWithoutRowsLeavesAnEmptyTarget"),
                new Finding(TRUNCATES_IN_OVERWRITE_ONLY, group, "aGenerationThatTruncatesReplacesOlderOnesInEachMode"),
                new Finding(NAMESPACES_MIX, group, "namespacesKeepTargetsApart"));
    }

    private static Stream<Finding> merging() {
        Class<?> group = DestinationContract.Merging.class;
        return Stream.of(
                new Finding(LAST_WRITTEN_WINS, group, "theRightVersionWins"),
                new Finding(NULL_CURSOR_WINS, group, "theRightVersionWins"),
                new Finding(IGNORES_EXTRACTION, group, "theRightVersionWins"),
                new Finding(DEDUPS_EACH_RUN_ALONE, group, "theRightVersionWins"),
                new Finding(DEDUPS_EACH_RUN_ALONE, group, "replayingTheSameRowsChangesNothing"),
                new Finding(LAST_WRITTEN_WINS, group, "duplicatesInsideABatchLeaveOneRow"),
                new Finding(CURSOR_AS_TEXT, group, "aCursorOfEachOrderedTypeDecides"),
                new Finding(FIRST_KEY_FIELD_ONLY, group, "allPartsOfAKeyCount"),
                new Finding(FOLDS_KEYS, group, "keysThatLookAlikeAreDifferent"),
                new Finding(IGNORES_DELETES, group, "changesOfALogAreAppliedInTheirOrder"),
                new Finding(DELETES_LAST, group, "changesOfALogAreAppliedInTheirOrder"),
                new Finding(IGNORES_DELETES, group, "changesOfALogInSeveralBatchesAndCommitsAreAppliedInTheirOrder"),
                new Finding(UNCHANGED_IS_NULL, group, "valuesThatALogDidNotResendAreKept"));
    }

    private static Stream<Finding> committing() {
        Class<?> group = DestinationContract.Committing.class;
        return Stream.of(
                new Finding(FORGETS_MARKER, group, "theLedgerTellsTheRunAndItsMarkers"),
                new Finding(LEDGER_BY_GENERATION, group, "theLedgerIsFoundWhateverGenerationAsks"),
                new Finding(FORGETS_POSITION_WHEN_OPENED, group, "theLastPositionStaysWhileTheNextRunIsUnderWay"),
                new Finding(CUTS_POSITIONS, group, "positionsAndSplitsOfAnyTextAreKept"),
                new Finding(FORGETS_MARKER, group, "manySplitsAreKept"),
                new Finding(CLOSE_KEEPS_ROWS, group, "whatWasPreparedAndNotCommittedIsGone"),
                new Finding(MARKS_BEFORE_COMMIT, group, "aCrashBeforeTheCommitLeavesNeitherRowsNorMarker"),
                new Finding(PREPARED_IS_VISIBLE, group, "aCrashBeforeTheCommitLeavesNeitherRowsNorMarker"),
                new Finding(MARKERS_IN_MEMORY, group, "theSameRunGoesOnWhereItStopped"),
                new Finding(DOUBLES_ON_REOPEN, group, "aCopyThatIsCutAnywhereLosesAndDoublesNothing"),
                new Finding(FORGETS_MARKER, group, "aCopyThatIsCutAnywhereLosesAndDoublesNothing"),
                new Finding(MARKS_BEFORE_COMMIT, group, "aCopyThatIsCutAnywhereLosesAndDoublesNothing"),
                new Finding(MARKERS_IN_MEMORY, group, "aCopyThatIsCutAnywhereLosesAndDoublesNothing"),
                new Finding(PREPARED_IS_VISIBLE, group, "aCopyThatIsCutAnywhereLosesAndDoublesNothing"),
                new Finding(KEEPS_MARKERS_OF_OTHER_RUN, group, "anotherRunDiscardsWhatWasNotPublished"),
                new Finding(KEEPS_ROWS_OF_OTHER_RUN, group, "anotherRunDiscardsWhatWasNotPublished"),
                new Finding(KEEPS_ROWS_OF_OTHER_RUN, group, "anotherGenerationDiscardsWhatWasNotPublished"),
                new Finding(DISCARD_KEEPS_ROWS, group, "aDiscardedReadIsForgottenAndBegunAnew"),
                new Finding(DISCARD_KEEPS_MARKERS, group, "aDiscardedReadIsForgottenAndBegunAnew"),
                new Finding(DISCARDS_PUBLISHED_ROWS, group, "aDiscardedReadIsForgottenAndBegunAnew"),
                new Finding(DISCARD_KEEPS_ROWS, group, "mergedRowsCanBeDiscarded"),
                new Finding(DISCARDS_PUBLISHED_ROWS, group, "mergedRowsThatAreDiscardedDoNoHarm"));
    }

    private static Stream<Finding> owning() {
        Class<?> group = DestinationContract.Owning.class;
        return Stream.of(
                new Finding(NO_LOCK, group, "aTargetThatIsOpenIsRefusedToOthers"),
                new Finding(NO_LOCK, group, "onlyOneOfManyGetsTheTarget"),
                new Finding(NO_OWNER, group, "aTargetOfAnotherConnectionIsRefused"),
                new Finding(NO_OWNER, group, "aTargetCanBeTakenOver"),
                new Finding(NO_FENCE, group, "whoeverLostTheTargetCommitsNothing"),
                new Finding(
                        CONTINUES_RUN_OF_STRANGER,
                        group,
                        "anUnfinishedRunOfAnotherConnectionIsDiscardedWhenItIsTakenOver"),
                new Finding(LOCK_OUTLIVES_DESTINATION, group, "aClosedDestinationLetsGoOfItsTargets"),
                new Finding(ONE_TARGET_AT_A_TIME, group, "aTargetThatIsOpenIsRefusedToOthers"));
    }

    private static Stream<Finding> evolving() {
        Class<?> group = DestinationContract.Evolving.class;
        return Stream.of(
                new Finding(DROPS_NEW_FIELDS, group, "aNewFieldBecomesANewColumn"),
                new Finding(DROPS_NEW_FIELDS, group, "fieldsChangeInTheMiddleOfAnInterruptedRun"),
                new Finding(DROPS_REMOVED_COLUMNS, group, "aFieldThatNoLongerComesLeavesItsColumn"),
                new Finding(COLUMNS_BY_PLACE, group, "fieldsInAnotherOrderFindTheirColumns"),
                new Finding(NULLS_WIDER_VALUES, group, "aColumnBecomesWider"),
                new Finding(NULLS_WIDER_VALUES, group, "aColumnOfAnotherTypeLosesNothing"),
                new Finding(DROPS_FIELDS_BEYOND_LIMIT, group, "aTargetMayHaveVeryManyFields"));
    }

    private static Stream<Finding> naming() {
        Class<?> group = DestinationContract.Naming.class;
        return Stream.of(
                new Finding(FOLDS_COLUMNS, group, "columnsWithAnyNameKeepTheirValues"),
                new Finding(CUTS_COLUMNS, group, "columnsWithAnyNameKeepTheirValues"),
                new Finding(METADATA_WINS, group, "fieldsThatAreNamedLikeMetadataKeepTheirValues"),
                new Finding(METADATA_WINS, group, "keysAndCursorsMayHaveAnyName"),
                new Finding(FOLDS_TABLES, group, "tablesWithAnyNameDoNotMix"),
                new Finding(CUTS_TABLES, group, "tablesWithAnyNameDoNotMix"),
                new Finding(FOLDS_TABLES, group, "namespacesWithAnyNameDoNotMix"));
    }

    private static Stream<Finding> typing() {
        Class<?> group = DestinationContract.Typing.class;
        return Stream.of(
                new Finding(EMPTY_TEXT_IS_NULL, group, "valuesOfEachTypeArriveAsThePlanSays"),
                new Finding(ALTERS_IN_SILENCE, group, "valuesOfEachTypeArriveAsThePlanSays"),
                new Finding(COUNTS_WITHOUT_MARK, group, "valuesOfEachTypeArriveAsThePlanSays"),
                new Finding(FORESEES_NOTHING, group, "valuesOfEachTypeArriveAsThePlanSays"),
                new Finding(MARKS_WITHOUT_COUNT, group, "valuesOfEachTypeArriveAsThePlanSays"),
                new Finding(ALTERS_IN_SILENCE, group, "randomRowsArriveAsThePlanSays"),
                new Finding(EMPTY_TEXT_IS_NULL, group, "textsAreNeverTakenForSomethingElse"),
                new Finding(NULL_IS_EMPTY_TEXT, group, "textsAreNeverTakenForSomethingElse"),
                new Finding(NULL_IS_EMPTY_TEXT, group, "aRowOfNothingButNullsArrives"),
                new Finding(CUTS_LARGE_VALUES, group, "aLargeValueArrives"),
                new Finding(COUNTS_REJECTS_AS_ROWS, group, "aRowThatIsRefusedIsReportedAndTheOthersArrive"),
                new Finding(REJECTS_IN_SILENCE, group, "aRowThatIsRefusedIsReportedAndTheOthersArrive"));
    }

    private static Stream<Finding> markingAndWriting() {
        Class<?> marking = DestinationContract.Marking.class;
        Class<?> writing = DestinationContract.Writing.class;
        return Stream.of(
                new Finding(OWN_TIME_OF_EXTRACTION, marking, "eachRowCarriesItsMetadata"),
                new Finding(META_WITHOUT_SYNC_ID, marking, "eachRowCarriesItsMetadata"),
                new Finding(GENERATION_OF_TABLE, marking, "eachRowCarriesItsMetadata"),
                new Finding(GENERATION_OF_TABLE, marking, "rowsKeepTheGenerationAndRunThatWroteThem"),
                new Finding(RAW_ID_PER_BATCH, marking, "rawIdsAreUniqueAcrossBatchesWritersRunsAndTargets"),
                new Finding(META_WITHOUT_CHANGES, marking, "changesOfTheSourceAreKeptWithTheirRows"),
                new Finding(CHANGES_ON_WRONG_ROW, marking, "changesOfTheSourceAreKeptWithTheirRows"),
                new Finding(WRITERS_SHARE_ROWS, writing, "writersKeepTheirRowsApart"),
                new Finding(FORGETS_MARKER, writing, "writersWorkSideBySide"),
                new Finding(LOSES_ROW_AND_COUNTS_IT, writing, "writersWorkSideBySide"),
                new Finding(LOSES_ROW_OF_SECOND_BATCH, writing, "batchesOfAnySizeAddUp"),
                new Finding(MARKS_NO_EMPTY_COMMIT, writing, "aCommitWithoutRowsMovesTheMarker"),
                new Finding(FORGETS_MARKER, writing, "aCommitWithoutRowsMovesTheMarker"),
                new Finding(DOUBLES_ROW, writing, "batchesOfAnySizeAddUp"),
                new Finding(CLOSE_KEEPS_ROWS, writing, "aWriterThatIsGivenUpHurtsNobody"),
                new Finding(IGNORES_CANCEL, writing, "aCancelledWriterEndsSoonWithAProblem"));
    }

    private static List<Finding> findings() {
        return Stream.of(
                        checking(),
                        replacing(),
                        merging(),
                        committing(),
                        owning(),
                        evolving(),
                        naming(),
                        typing(),
                        markingAndWriting())
                .flatMap(group -> group)
                .toList();
    }

    static class Faulty extends DestinationContract {
        @Override
        protected DestinationFixture fixture() {
            return new MemoryDestinationFixture(fault);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachFaultIsFound() {
        return findings().stream()
                .map(finding -> DynamicTest.dynamicTest(finding.fault() + " by " + finding.test(), () -> {
                    fault = finding.fault();
                    Mutations.requireFound(Faulty.class, finding.group(), finding.test());
                }));
    }

    @Test
    void noFaultIsForgotten() {
        Set<DestinationFault> tried = EnumSet.of(NONE);
        findings().forEach(finding -> tried.add(finding.fault()));
        assertThat(tried).containsExactlyInAnyOrder(DestinationFault.values());
    }
}
