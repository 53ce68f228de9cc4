package dev.sluice.bench.lab;

import dev.sluice.bench.process.Meter;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import dev.sluice.bench.tool.DuckDbStatement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What scenarios work with. One thread uses it; closing stops the server and deletes what the runs left. */
public final class Lab implements AutoCloseable {
    private final BenchSettings settings;
    private final PrintStream out;
    private final Path work;
    private @Nullable Databases databases;
    private @Nullable MariaDb mariaDb;
    private @Nullable Meter meter;

    /**
     * @param settings how the bench is run
     * @param out where progress is told
     */
    public Lab(BenchSettings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.work = Files.createTempDirectory("sluice-bench-");
    }

    /** How the bench is run. */
    public BenchSettings settings() {
        return settings;
    }

    /** An empty folder for the runs, in which programs also run. */
    public Path work() {
        return work;
    }

    /** The databases; the first call starts their server. */
    public Databases databases() {
        Databases known = databases;
        if (known == null) {
            say("starting PostgreSQL");
            known = Databases.start();
            databases = known;
            meter = null; // from now on programs find the server
        }
        return known;
    }

    /** The databases of MariaDB; the first call starts their server. */
    public MariaDb mariaDb() {
        MariaDb known = mariaDb;
        if (known == null) {
            say("starting MariaDB");
            known = MariaDb.start(work);
            mariaDb = known;
            meter = null;
        }
        return known;
    }

    /** Makes a table in the source database if it is not there. */
    public void fill(BenchTable table, long rows) {
        say("making " + rows + " rows of " + table.table());
        databases().fill(table, rows);
    }

    /** The program under test with these arguments. */
    public Contestant sluice(List<String> arguments, String shown, Runnable before, Runnable after) {
        List<String> command = new ArrayList<>();
        command.add(settings.program().toString());
        command.addAll(arguments);
        Runnable anew = () -> {
            delete(work.resolve(".sluice")); // what it remembers of earlier runs
            before.run();
        };
        return new Contestant("sluice", shown, command, anew, after);
    }

    /** Runs the program once for nothing, as it may have to be built first. */
    public void warmUp() {
        measure(sluice(List.of("version"), "sluice version", () -> {}, () -> {}));
    }

    /** DuckDB itself with these statements, in a process of its own. */
    public Contestant duckDb(String name, Path file, List<String> statements, Runnable before) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DuckDbStatement.class.getName(),
                file.toString()));
        command.addAll(statements);
        // In which folder the files lie says nothing to others.
        String shown = "DuckDB: " + String.join("; ", statements).replaceAll("'/[^']*/([^/']+)'", "'$1'");
        return new Contestant(name, shown, command, before, () -> {});
    }

    /** Runs the programs in turn, A B A B, as often as the settings say. */
    public List<Series> compare(Contestant... contestants) {
        List<List<Measurement>> runs = new ArrayList<>();
        for (Contestant ignored : contestants) {
            runs.add(new ArrayList<>());
        }
        for (int run = 1; run <= settings.runs(); run++) {
            for (int i = 0; i < contestants.length; i++) {
                Measurement measurement = measure(contestants[i]);
                runs.get(i).add(measurement);
                say(String.format(
                        Locale.ROOT,
                        "run %d of %d, %s: %.2f s, CPU %.2f s, server %.2f s",
                        run,
                        settings.runs(),
                        contestants[i].name(),
                        measurement.wallSeconds(),
                        measurement.cpuSeconds(),
                        measurement.serverCpuSeconds()));
            }
        }
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < contestants.length; i++) {
            series.add(new Series(contestants[i].name(), contestants[i].shown(), runs.get(i)));
        }
        return series;
    }

    /** Runs a program once. */
    public Measurement measure(Contestant contestant) {
        contestant.before().run();
        Measurement measurement = meter().run(contestant.command());
        contestant.after().run();
        return measurement;
    }

    /** What the last program printed. */
    public String output() {
        return meter().output();
    }

    /** Tells how far the bench is. */
    public void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    private Meter meter() {
        Meter known = meter;
        if (known == null) {
            Map<String, String> environment = new HashMap<>();
            environment.put("SLUICE_JAVA_OPTS", settings.javaOptions());
            if (databases != null) {
                environment.putAll(databases.environment());
            }
            known = new Meter(work, environment);
            if (databases != null) {
                known.watch(databases.cpu());
            }
            if (mariaDb != null) {
                known.watch(mariaDb.cpu());
            }
            meter = known;
        }
        return known;
    }

    /** Deletes a file or a folder, if it is there. */
    public static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("cannot delete " + root, failed);
        }
    }

    @Override
    public void close() {
        if (databases != null) {
            databases.close();
        }
        if (mariaDb != null) {
            mariaDb.close();
        }
        delete(work);
    }
}
