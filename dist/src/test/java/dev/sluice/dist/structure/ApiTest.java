package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What authors build against is what it was in the last release ({@code docs/api}), or a reason for the break is written in {@code
 * docs/api/breaks.md}. At a release {@code -Dapi.write=true} writes the lists anew, and the reasons go into what is told of the release.
 */
class ApiTest {
    private static final String ADVICE = """
        Authors of connectors build against this. Best is to keep it: leave the old method beside the new one (deprecated), give a new method of an \
        interface a default, add a constructor with the old parameters. If it has to break, write a line into docs/api/breaks.md:
        - `LINE`: why, and what authors write instead
        """;

    private static Path api(String file) {
        return Checkout.root().resolve("docs").resolve("api").resolve(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spi", "cdk", "testkit"})
    void whatAuthorsBuildAgainstIsKept(String module) throws IOException {
        ApiSurface now = ApiSurface.of(Checkout.root().resolve(module).resolve("target/classes"));
        assertThat(now.lines()).as("what is public in " + module).isNotEmpty();
        Path list = api(module + ".txt");
        if (Boolean.getBoolean("api.write")) {
            Files.write(list, now.lines());
        }
        Set<String> before = new TreeSet<>(Files.readAllLines(list));
        Set<String> broken = broken(before, now);
        String reasons = Files.readString(api("breaks.md"));
        broken.removeIf(line -> reasons.contains("`" + line + "`: "));
        assertThat(broken)
                .as("what " + module + " had in the last release and has no more, or demands since then.\n"
                        + ADVICE.replace(
                                "LINE",
                                broken.isEmpty() ? "" : broken.iterator().next()))
                .isEmpty();
    }

    /** What is gone, and what those who implement an interface of the last release have to write now and had not. */
    static Set<String> broken(Set<String> before, ApiSurface now) {
        Set<String> broken = new TreeSet<>(before);
        broken.removeAll(now.lines());
        Set<String> types = new TreeSet<>();
        before.stream()
                .filter(line -> line.matches("(interface|class|enum) .*"))
                .forEach(line -> types.add(type(line)));
        for (String demand : now.demands()) {
            String owner = demand.substring(0, demand.lastIndexOf('.', demand.indexOf('(')));
            if (!before.contains(demand) && types.contains(owner)) {
                broken.add(demand);
            }
        }
        return broken;
    }

    private static String type(String header) {
        return header.split(" ", -1)[1];
    }

    /** The test would notice: a method that is gone, and a new one without a default. */
    @Test
    void aBreakIsNoticed() throws IOException {
        ApiSurface now = ApiSurface.of(Checkout.root().resolve("spi/target/classes"));
        Set<String> before = new TreeSet<>(now.lines());
        assertThat(broken(before, now)).isEmpty();
        String gone = "dev.sluice.spi.source.Source.old(): void";
        before.add(gone);
        String demanded = "dev.sluice.spi.source.Source.close(): void";
        assertThat(before.remove(demanded)).isTrue();
        assertThat(before.remove("dev.sluice.spi.source.Source.sharedLog(): String"))
                .as("one with a default")
                .isTrue();
        assertThat(broken(before, now)).containsExactly(demanded, gone);
    }

    /** A reason for what is not broken any more only confuses. */
    @Test
    void reasonsAreOfBreaksThatAreThere() throws IOException {
        List<String> reasons = Files.readAllLines(api("breaks.md")).stream()
                .filter(line -> line.startsWith("- `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        Assumptions.assumeFalse(reasons.isEmpty(), "nothing is broken");
        Set<String> broken = new TreeSet<>();
        for (String module : List.of("spi", "cdk", "testkit")) {
            ApiSurface now = ApiSurface.of(Checkout.root().resolve(module).resolve("target/classes"));
            broken.addAll(broken(new TreeSet<>(Files.readAllLines(api(module + ".txt"))), now));
        }
        assertThat(broken).containsAll(reasons);
    }
}
