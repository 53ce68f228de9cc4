package dev.sluice.dist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that changes from run to run arrives with all its changes, deletes included. */
class SampleExampleTest {
    @TempDir
    Path folder;

    @Test
    void threeFurtherRunsLeadToTheContentOfTheThirdVersion() throws Exception {
        Example example = Example.copy("sample", folder);
        for (int run = 0; run <= 3; run++) {
            Sluice.Result result = example.sync().expect(0);
            assertThat(result.out()).as("run " + run).contains("Copied ").doesNotContain("Nothing new");
        }
        // The same source can show a version as a whole.
        example.sluice()
                .run(
                        "run",
                        "--from",
                        "sample:?count=10000&updates=10&version=3",
                        "--to",
                        "duckdb:whole.duckdb",
                        "--mode",
                        "full_refresh_overwrite")
                .expect(0);

        for (String table : List.of("users", "products", "purchases")) {
            String size = "SELECT concat_ws(' ', count(*), max(updated_at)) FROM " + table;
            assertThat(example.query("sample.duckdb", size)).as(table).isEqualTo(example.query("whole.duckdb", size));
            assertThat(example.query("sample.duckdb", rows(table, false)))
                    .as(table)
                    .isEqualTo(example.query("whole.duckdb", rows(table, true)));
        }
    }

    /** All rows without their metadata, and without the field that the example leaves out. */
    private static String rows(String table, boolean whole) {
        String metadata = "_airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta, _airbyte_generation_id";
        String note = whole && table.equals("purchases") ? ", note" : "";
        return "SELECT CAST(t AS VARCHAR) FROM (SELECT * EXCLUDE (" + metadata + note + ") FROM " + table
                + ") t ORDER BY 1";
    }
}
