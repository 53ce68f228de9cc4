package dev.sluice.dist.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that a newcomer does. */
class QuickstartTest {
    private static final String FILE = "quickstart.duckdb";

    @TempDir
    Path folder;

    private Example quickstart;

    @BeforeEach
    void prepare() throws IOException {
        quickstart = Example.copy("quickstart", folder);
    }

    @Test
    void movesRealDataAndNothingTwice() throws Exception {
        Sluice.Result first = quickstart.sync().expect(0);

        assertThat(first.out())
                .contains("Copied 18,742 rows from travel-files to lake", "Copied 3,168 rows from nature-files to lake")
                .contains("travel.airports", "incremental_append_deduped", "succeeded");
        assertThat(first.err().lines().toList()).last().asString().contains("next: ", " preview quickstart.duckdb");
        assertContent();

        Sluice.Result second = quickstart.sync().expect(0);
        assertThat(second.out())
                .contains("Nothing new: 0 rows from travel-files", "Nothing new: 0 rows from nature-files");
        assertContent();
    }

    private void assertContent() {
        assertThat(count("travel.airports")).isEqualTo("3376");
        assertThat(count("travel.routes")).isEqualTo("5366");
        assertThat(count("travel.birdstrikes")).isEqualTo("10000");
        assertThat(count("nature.weather")).isEqualTo("1461");
        assertThat(count("nature.earthquakes")).isEqualTo("1707");
        assertThat(query("SELECT name FROM travel.airports WHERE iata = 'DBN'"))
                .containsExactly("W. H. \"Bud\" Barron");
        assertThat(query("SELECT count(*) FROM travel.birdstrikes WHERE \"Speed IAS in knots\" IS NULL"))
                .as("empty cells")
                .containsExactly("2836");
        assertThat(query("SELECT concat_ws(' ', max(date), typeof(max(date))) FROM nature.weather"))
                .containsExactly("2015-12-31 DATE");
        assertThat(query("SELECT concat_ws(' ', typeof(time), count(*), count(alert)) FROM nature.earthquakes"
                        + " GROUP BY typeof(time)"))
                .containsExactly("TIMESTAMP WITH TIME ZONE 1707 12");
    }

    @Test
    void aFileThatIsAddedIsReadAndNoOther() throws Exception {
        quickstart.sync().expect(0);
        Files.writeString(
                folder.resolve("data/weather-2016.csv"),
                "date,precipitation,temp_max,temp_min,wind,weather\n2016-01-01,0.0,6.1,-1.7,2.9,sun\n");

        assertThat(quickstart.sync().expect(0).out()).contains("Copied 1 row from nature-files");
        assertThat(count("nature.weather")).isEqualTo("1462");
    }

    @Test
    void aFileThatChangesTakesThePlaceOfItsRows() throws Exception {
        quickstart.sync().expect(0);
        Path airports = folder.resolve("data/airports.csv");
        Files.writeString(airports, Files.readString(airports).replace("\nSEA,", "\nSEA,New name of "));

        assertThat(quickstart.sync().expect(0).out()).contains("Copied 3,376 rows from travel-files");
        assertThat(count("travel.airports")).isEqualTo("3376");
        assertThat(query("SELECT name FROM travel.airports WHERE iata = 'SEA'"))
                .containsExactly("New name of Seattle-Tacoma Intl");
    }

    @Test
    void theCommandsInItsTextsWork() throws Exception {
        Sluice sluice = quickstart.sluice();
        assertThat(sluice.run("plan", "sluice.yaml").expect(0).out()).contains("travel.airports", "created");
        assertThat(sluice.run("preview", "sluice.yaml", "nature", "--stream", "earthquakes")
                        .expect(0)
                        .out())
                .contains("ci37868143");
        sluice.run("sync", "sluice.yaml", "nature").expect(0);
        assertThat(sluice.run("preview", FILE).expect(0).out())
                .contains("nature.weather", "nature.earthquakes")
                .doesNotContain("_airbyte_");

        sluice.run("sync", "sluice.yaml", "travel").expect(0);
        String readme = Files.readString(folder.resolve("README.md"));
        String query = readme.substring(readme.indexOf("```sql") + "```sql".length());
        assertThat(query(query.substring(0, query.indexOf("```"))))
                .hasSize(5)
                .first()
                .asString()
                .contains("Atlanta");
    }

    private String count(String table) {
        return query("SELECT count(*) FROM " + table).getFirst();
    }

    private List<String> query(String sql) {
        return quickstart.query(FILE, sql);
    }
}
