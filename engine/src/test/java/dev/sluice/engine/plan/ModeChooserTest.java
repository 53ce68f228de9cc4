package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeDestination;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.type.Field;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which modes a stream is offered, and which one it gets when the user names none. */
class ModeChooserTest {
    private static final Set<DestinationSyncMode> ALL = EnumSet.of(
            DestinationSyncMode.APPEND,
            DestinationSyncMode.OVERWRITE,
            DestinationSyncMode.APPEND_DEDUP,
            DestinationSyncMode.OVERWRITE_DEDUP);

    @Test
    void offersWhatBothSidesCanDoInAFixedOrder() {
        assertThat(ModeChooser.offered(Wishes.stream("a"), ALL)).containsExactlyElementsOf(StreamMode.copying());
        assertThat(ModeChooser.offered(Wishes.whole("a", Wishes.ID), ALL))
                .containsExactly(
                        StreamMode.FULL_REFRESH_OVERWRITE,
                        StreamMode.FULL_REFRESH_APPEND,
                        StreamMode.FULL_REFRESH_OVERWRITE_DEDUPED);
        assertThat(ModeChooser.offered(Wishes.stream("a"), EnumSet.of(DestinationSyncMode.APPEND)))
                .containsExactly(StreamMode.INCREMENTAL_APPEND, StreamMode.FULL_REFRESH_APPEND);
    }

    /** Columns: the intent; what the source says of cursor and key; what the user names; the mode. */
    @ParameterizedTest
    @CsvSource({
        "by_stream, none,     '',  '',     full_refresh_overwrite",
        "by_stream, none,     id,  '',     full_refresh_overwrite",
        "by_stream, proposed, id,  '',     full_refresh_overwrite",
        "by_stream, none,     id,  cursor, incremental_append_deduped",
        "by_stream, none,     '',  cursor, incremental_append",
        "by_stream, kept,     id,  '',     incremental_append_deduped",
        "by_stream, kept,     '',  '',     incremental_append",
        "replicate, none,     '',  '',     full_refresh_overwrite",
        "replicate, none,     id,  '',     full_refresh_overwrite_deduped",
        "replicate, none,     '',  key,    full_refresh_overwrite_deduped",
        "replicate, proposed, id,  '',     incremental_append_deduped",
        "replicate, none,     id,  cursor, incremental_append_deduped",
        "replicate, kept,     id,  '',     incremental_append_deduped",
        "replicate, kept,     '',  '',     full_refresh_overwrite",
        "replicate, none,     '',  cursor, full_refresh_overwrite",
        "append,    none,     id,  '',     full_refresh_append",
        "append,    none,     id,  cursor, incremental_append",
        "append,    proposed, '',  '',     incremental_append",
        "append,    kept,     id,  '',     incremental_append",
    })
    void choosesByIntentCursorAndKey(String intent, String cursor, String key, String named, String mode) {
        CatalogStream stream = Wishes.stream(StreamId.of("a"), cursor(cursor), key.isEmpty() ? null : key, Wishes.ID);
        StreamSettings settings = switch (named) {
            case "cursor" -> Wishes.keyed("a", null, "id");
            case "key" -> Wishes.keyed("a", null, null, "id");
            default -> StreamSettings.of("a");
        };

        assertThat(ModeChooser.choose(stream, settings, ALL, Intent.of(intent).orElseThrow())
                        .key())
                .isEqualTo(mode);
    }

    private static Cursor cursor(String word) {
        return switch (word) {
            case "kept" -> Cursor.KEPT_BY_SOURCE;
            case "proposed" -> new Cursor(FieldPath.of("id"), false);
            default -> Cursor.NONE;
        };
    }

    @Test
    void neverChoosesAnIncrementalReadThatTheSourceCannotDo() {
        CatalogStream whole = Wishes.whole("w", Wishes.ID);
        StreamSettings keyed = Wishes.keyed("w", null, "id", "id");

        assertThat(ModeChooser.choose(whole, keyed, ALL, Intent.REPLICATE))
                .isEqualTo(StreamMode.FULL_REFRESH_OVERWRITE_DEDUPED);
        assertThat(ModeChooser.choose(whole, keyed, ALL, Intent.APPEND)).isEqualTo(StreamMode.FULL_REFRESH_APPEND);
        assertThat(ModeChooser.choose(whole, keyed, ALL, Intent.BY_STREAM))
                .isEqualTo(StreamMode.FULL_REFRESH_OVERWRITE);
    }

    @Test
    void takesTheNextBestWhereTheDestinationCanDoLess() {
        Set<DestinationSyncMode> append = EnumSet.of(DestinationSyncMode.APPEND);
        CatalogStream keyed = Wishes.stream(StreamId.of("a"), Cursor.KEPT_BY_SOURCE, "id", Wishes.ID);

        assertThat(ModeChooser.choose(keyed, StreamSettings.of("a"), append, Intent.REPLICATE))
                .isEqualTo(StreamMode.INCREMENTAL_APPEND);
        SyncPlan plan = plan(append, Intent.REPLICATE, StreamSettings.of("a"), Wishes.whole("a", Wishes.ID));
        StreamPlan only = plan.orThrow().streams().getFirst();
        assertThat(only.mode()).isEqualTo(StreamMode.FULL_REFRESH_APPEND);
        assertThat(only.notes()).containsExactly("the destination can only add rows, so each run adds a whole copy");
    }

    @Test
    void replacesNothingWhereTheUserWantsToKeepEverything() {
        Set<DestinationSyncMode> overwrite = EnumSet.of(DestinationSyncMode.OVERWRITE);
        SyncPlan plan = plan(overwrite, Intent.APPEND, StreamSettings.of("a"), Wishes.stream("a"));

        assertThat(plan.streams()).isEmpty();
        assertThat(plan.problems()).extracting(Problem::code).containsExactly("E_MODE_UNSUPPORTED");
        assertThat(plan.problems().getFirst().fix()).isEqualTo("choose one of: full_refresh_overwrite");
    }

    @Test
    void saysWhyACursorIsNotUsed() {
        CatalogStream keyless = Wishes.stream(StreamId.of("a"), Cursor.NONE, null, Wishes.ID);
        StreamPlan plan = plan(ALL, Intent.REPLICATE, Wishes.keyed("a", null, "id"), keyless)
                .orThrow()
                .streams()
                .getFirst();

        assertThat(plan.notes())
                .containsExactly(
                        "the cursor id is not used, because each run copies everything: there is no primary key");
    }

    @Test
    void refusesAnotherCursorOrKeyThanTheSourceDefines() {
        Field name = new Field("name", Wishes.ID.type());
        CatalogStream kept =
                Wishes.stream(StreamId.of("a"), new Cursor(FieldPath.of("id"), true), "id", Wishes.ID, name);
        SyncPlan plan = plan(
                ALL, Intent.BY_STREAM, Wishes.keyed("a", StreamMode.INCREMENTAL_APPEND_DEDUPED, "name", "name"), kept);

        assertThat(plan.problems()).extracting(Problem::code).containsExactly("E_CURSOR_FIXED", "E_KEY_FIXED");
        assertThat(plan(ALL, Intent.BY_STREAM, Wishes.keyed("a", null, "id", "id"), kept)
                        .problems())
                .as("the very same cursor and key")
                .isEmpty();
        assertThat(plan(
                                ALL,
                                Intent.BY_STREAM,
                                Wishes.keyed("a", StreamMode.FULL_REFRESH_OVERWRITE, "name", "name"),
                                kept)
                        .problems())
                .as("a mode that needs neither")
                .isEmpty();
    }

    private static SyncPlan plan(
            Set<DestinationSyncMode> writable, Intent intent, StreamSettings settings, CatalogStream stream) {
        FakeDestination destination =
                FakeDestination.empty(Hook.NONE).with(new DestinationTraits(writable, true, true, true, true, 1));
        return Planner.plan(
                Wishes.connection(settings).with(ConnectionRules.USUAL.with(intent)),
                new Owner("id", "test", false),
                PlanMemory.NONE,
                new Catalog(List.of(stream)),
                destination);
    }
}
