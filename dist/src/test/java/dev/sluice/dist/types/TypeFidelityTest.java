package dev.sluice.dist.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.InProcess;
import dev.sluice.dist.types.Copies.Copy;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Side.Stored;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of every type go from every source to every destination; what arrives is what was there, or it is marked, counted
 * and told in {@code docs/types}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypeFidelityTest {
    private static final Path PAGES = Path.of("../docs/types");

    /** Writes the pages anew in place of holding them against what is found. */
    private static final String WRITE = "sluice.types.write";

    private final List<Side> sides = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final Map<String, List<Stored>> arrived = new HashMap<>();
    private Map<String, Copy> copies = Map.of();
    private Path project = Path.of("");

    @BeforeAll
    void copyFromEverywhereToEverywhere(@TempDir Path folder) {
        sides.add(new PostgresSide());
        for (MyProduct product : MyProduct.values()) {
            if (MyServer.isThere(product)) {
                sides.add(new MySide(product));
            }
        }
        sides.add(new DuckDbSide(folder));
        sides.add(new SqliteSide(folder));
        sides.add(new ParquetSide(folder));
        sides.add(new FileSide.Csv(folder));
        sides.add(new FileSide.JsonLines(folder));
        sides.add(new AvroSide(folder));
        sides.add(new ExcelSide(folder));
        origins.addAll(sides);
        origins.add(new XmlOrigin(folder));
        origins.add(new FixedWidthOrigin(folder));
        origins.forEach(from -> from.create(Content.of(from.columns())));
        project = folder.resolve("project");
        Copies all = new Copies(project);
        for (Origin from : origins) {
            for (Side to : sides) {
                all.add(
                        Copies.name(from, to),
                        from.source(),
                        to.destination(),
                        from.stream() + ": {mode: full_refresh_overwrite}",
                        "from_" + from.name() + "_",
                        Side.TABLE);
            }
        }
        copies = all.run();
        for (Origin from : origins) {
            for (Side to : sides) {
                arrived.put(Copies.name(from, to), to.read(copy(from, to).target()));
            }
        }
    }

    @AfterAll
    void close() {
        origins.forEach(Origin::close);
    }

    private Copy copy(Origin from, Side to) {
        return Objects.requireNonNull(copies.get(Copies.name(from, to)), "no such copy");
    }

    private List<Stored> rows(Origin from, Side to) {
        return Objects.requireNonNull(arrived.get(Copies.name(from, to)), "no such copy");
    }

    private List<Arrival> arrivals(Origin from, Side to) {
        Copy copy = copy(from, to);
        List<NativeColumn> origin = from.columns();
        List<Stored> rows = rows(from, to);
        Map<Integer, Stored> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        assertThat(rows).as("each row arrives once").hasSize(NativeColumn.rows(origin));
        assertThat(byId).hasSize(rows.size());
        return IntStream.range(0, origin.size())
                .mapToObj(i -> Arrival.of(origin.get(i), column(copy, NativeColumn.name(i)), byId))
                .toList();
    }

    private static Column column(Copy copy, String field) {
        return copy.target().columns().stream()
                .filter(column -> column.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsSilentlyChanged() {
        List<String> faults = new ArrayList<>();
        for (Origin from : origins) {
            for (Side to : sides) {
                for (Arrival arrival : arrivals(from, to)) {
                    arrival.faults()
                            .forEach(fault -> faults.add(Copies.name(from, to) + ", "
                                    + arrival.origin().label() + " as "
                                    + arrival.plan().columnType() + ": " + fault));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsAlteredIsCountedByColumnInTheSummary() {
        for (Origin from : origins) {
            for (Side to : sides) {
                Map<String, Long> marked = new TreeMap<>();
                rows(from, to)
                        .forEach(row -> row.altered().keySet().forEach(field -> marked.merge(field, 1L, Long::sum)));
                Map<String, Long> counted = new TreeMap<>();
                copy(from, to).changed().forEach((what, count) -> counted.merge(what.split(" ")[0], count, Long::sum));
                assertThat(counted).as(Copies.name(from, to)).isEqualTo(marked);
            }
        }
    }

    /** What has a key: otherwise a row with an altered value is taken for one that is missing and one too many. */
    @Test
    void verifyTakesEachCopyForEqualWhereRowsHaveAKey() {
        List<Side> databases = sides.stream()
                .filter(side -> side instanceof SqlSide && !(side instanceof ParquetSide))
                .toList();
        for (Side from : databases) {
            for (Side to : databases) {
                assertThat(InProcess.run(project, "verify", "sluice.yaml", Copies.name(from, to)))
                        .as(Copies.name(from, to))
                        .contains("equal");
            }
        }
    }

    @Test
    void thePagesSayWhatArrives() throws IOException {
        for (MyProduct product : MyProduct.values()) {
            MyServer.shared(product); // without it the pages have columns that nothing is known of: the test is skipped
        }
        for (Origin from : origins) {
            Map<String, List<Arrival>> arrivals = new LinkedHashMap<>();
            sides.forEach(to -> arrivals.put(to.name(), arrivals(from, to)));
            String found = new TypePage(from.name(), arrivals).text();
            Path page = PAGES.resolve("from-" + from.name() + ".md");
            if (Boolean.getBoolean(WRITE)) {
                Files.createDirectories(PAGES);
                Files.writeString(page, found);
            }
            assertThat(Files.exists(page) ? Files.readString(page) : "")
                    .as(page + "; if the change is meant, run with -D" + WRITE + "=true to write it anew")
                    .isEqualTo(found);
        }
    }
}
