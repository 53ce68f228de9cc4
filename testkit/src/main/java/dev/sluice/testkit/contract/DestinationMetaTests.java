package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Values;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The columns that each row carries besides its fields. */
abstract class DestinationMetaTests extends DestinationTests {
    private Map<String, StoredMeta> metadata(Destination destination, TargetSpec spec) {
        TargetPlan plan = destination.plan(spec);
        String id = plan.columns().getFirst().column();
        Map<String, StoredMeta> metadata = new HashMap<>();
        TargetContent content = fixture().read(plan).orElseThrow();
        assertThat(content.columns())
                .contains("_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id");
        for (Map<String, @Nullable String> row : content.rows()) {
            metadata.put(String.valueOf(row.get(id)), StoredMeta.of(row));
        }
        return metadata;
    }

    @Test
    final void eachRowCarriesItsMetadata() throws Exception {
        gaps().need(DestinationTrait.READ_BACK);
        gaps().expect(DestinationTrait.METADATA, () -> {
            for (WriteMode mode : writeModes()) {
                Destination destination = open();
                TargetSpec spec = run(target(SCHEMA, mode), 4, 17);
                long later = BatchMaker.EXTRACTED_AT + 1;
                try (TargetRun run = TargetRun.open(destination, spec)) {
                    run.commit("a", "1", batch(1, 1))
                            .split(
                                    "a",
                                    BatchMaker.of(SCHEMA)
                                            .extractedAt(later)
                                            .row(2, "two")
                                            .build())
                            .publish(END);
                }
                Map<String, StoredMeta> metadata = metadata(destination, spec);
                assertThat(metadata).hasSize(2);
                assertThat(metadata.values()).allSatisfy(meta -> {
                    assertThat(meta.rawId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
                    assertThat(meta.generationId()).isEqualTo("4");
                    assertThat(meta.syncId()).isEqualTo(17);
                    assertThat(meta.changes()).isEmpty();
                });
                assertThat(metadata.get("1"))
                        .extracting(StoredMeta::extractedAt)
                        .isEqualTo(moment(BatchMaker.EXTRACTED_AT));
                assertThat(metadata.get("2"))
                        .extracting(StoredMeta::extractedAt)
                        .isEqualTo(moment(later));
            }
        });
    }

    private static String moment(long micros) {
        return Values.canonical(new DataType.TimestampType(6, true), Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    @Test
    final void rawIdsAreUniqueAcrossBatchesWritersRunsAndTargets() {
        gaps().need(DestinationTrait.READ_BACK, DestinationTrait.METADATA);
        Set<String> ids = new HashSet<>();
        int rows = 0;
        for (int target = 0; target < 2; target++) {
            for (WriteMode mode : writeModes()) {
                Destination destination = open();
                TargetSpec spec = target(SCHEMA, mode);
                try (TargetRun run = TargetRun.open(destination, spec)) {
                    run.split("a", batch(1, 50), batch(51, 60))
                            .split("b", batch(61, 100))
                            .publish(END);
                }
                if (!mode.mode().overwrites()) {
                    write(destination, run(spec, 1, 2), batch(101, 150));
                }
                Map<String, StoredMeta> metadata = metadata(destination, spec);
                metadata.values().forEach(meta -> ids.add(meta.rawId()));
                rows += metadata.size();
            }
        }
        assertThat(ids).as("different raw ids").hasSize(rows);
    }

    @Test
    final void rowsKeepTheGenerationAndRunThatWroteThem() {
        gaps().need(DestinationTrait.READ_BACK, DestinationTrait.METADATA);
        need(append());
        Destination destination = open();
        TargetSpec spec = target(SCHEMA, append());
        write(destination, spec, batch(1, 1));
        write(destination, spec.withGeneration(new Generation(2, 0, 9)), batch(2, 2));
        Map<String, StoredMeta> metadata = metadata(destination, spec);
        assertThat(metadata.get("1")).extracting(StoredMeta::generationId).isEqualTo("1");
        assertThat(metadata.get("1")).extracting(StoredMeta::syncId).isEqualTo(1L);
        assertThat(metadata.get("2")).extracting(StoredMeta::generationId).isEqualTo("2");
        assertThat(metadata.get("2")).extracting(StoredMeta::syncId).isEqualTo(9L);
    }

    @Test
    final void changesOfTheSourceAreKeptWithTheirRows() {
        gaps().need(DestinationTrait.READ_BACK, DestinationTrait.METADATA);
        for (WriteMode mode : writeModes()) {
            Destination destination = open();
            TargetSpec spec = target(SCHEMA, mode);
            write(
                    destination,
                    spec,
                    BatchMaker.of(SCHEMA)
                            .row(1, "untouched")
                            .row(2, null)
                            .change("name", Change.NULLED, Reason.SOURCE_FIELD_SIZE_LIMITATION)
                            .row(3, "cut")
                            .change("name", Change.TRUNCATED, Reason.SOURCE_SERIALIZATION_ERROR)
                            .change("id", Change.TRUNCATED, Reason.PLATFORM_FIELD_SIZE_LIMITATION)
                            .row(4, "untouched")
                            .build());
            Map<String, StoredMeta> metadata = metadata(destination, spec);
            assertThat(changes(metadata, "1")).isEmpty();
            assertThat(changes(metadata, "2"))
                    .containsExactly(new StoredMeta.Change("name", "NULLED", "SOURCE_FIELD_SIZE_LIMITATION"));
            assertThat(changes(metadata, "3"))
                    .containsExactlyInAnyOrder(
                            new StoredMeta.Change("name", "TRUNCATED", "SOURCE_SERIALIZATION_ERROR"),
                            new StoredMeta.Change("id", "TRUNCATED", "PLATFORM_FIELD_SIZE_LIMITATION"));
            assertThat(changes(metadata, "4")).isEmpty();
        }
    }

    private static List<StoredMeta.Change> changes(Map<String, StoredMeta> metadata, String id) {
        StoredMeta meta = metadata.get(id);
        if (meta == null) {
            throw new AssertionError("there is no row " + id);
        }
        return meta.changes();
    }
}
