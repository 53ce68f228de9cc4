package dev.sluice.testkit.certify;

import dev.sluice.engine.certify.ContractSuites;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.BatchMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract suites, run by JUnit in this process. */
public final class JUnitSuites implements ContractSuites {
    @Override
    public Findings source(Subject<Source> subject, @Nullable StreamId stream, long mostRows, Consumer<Finding> heard) {
        UnknownSource fixture = new UnknownSource(subject, stream, mostRows);
        KnownStream known = fixture.look();
        List<Finding> all = run(fixture, subject, heard, Certified.OfSource.class, Certified.Hostile.class);
        Map<String, String> gaps = new TreeMap<>(fixture.found());
        fixture.declared().forEach((trait, why) -> {
            if (trait == SourceTrait.PRIMARY_KEYS) {
                gaps.put(trait.promise(), why);
            }
        });
        return new Findings(
                all,
                gaps,
                List.of(
                        "Everything was read of the stream " + known.id() + " with its "
                                + known.rows().size()
                                + " rows, and held against the first full read of it: whether that one is what the"
                                + " system has can only be seen by somebody who knows the data.",
                        "Rows that come, change and go, and how the source finds them, cannot be tried in a system"
                                + " that is not a test's own: write a fixture for SourceContract, or run `sluice"
                                + " torture`."));
    }

    @Override
    public Findings destination(Subject<Destination> subject, String scratch, Consumer<Finding> heard) {
        UnknownDestination fixture = new UnknownDestination(subject, scratch);
        List<String> notes = new ArrayList<>();
        String blind = blind(fixture);
        if (blind != null) {
            fixture.readsNothingBack(blind);
            notes.add("Nothing that was written was looked at, since " + blind
                    + ": only what the connector itself counts and says was held against the contract.");
        } else {
            notes.add("What was written was looked at through the connector's own way to read it back, and not by other"
                    + " means.");
        }
        Class<?> suite = fixture.hasLedger() ? Certified.OfDestination.class : Certified.OfRows.class;
        if (!fixture.hasLedger()) {
            notes.add(
                    "The destination remembers no run and no marker. What that takes with it was not tried: that a run"
                            + " goes on after a crash, owners, names of columns.");
        }
        List<Finding> all = run(fixture, subject, heard, suite, Certified.Hostile.class);
        List<String> left = fixture.removeAll();
        if (!left.isEmpty()) {
            notes.add(left.size() + " tables of the trials are left, since the destination cannot remove them: "
                    + left.getFirst() + " and others with " + scratch + " in their names.");
        }
        Map<String, String> gaps = new TreeMap<>(fixture.found());
        fixture.declared().forEach((trait, why) -> {
            if (trait != DestinationTrait.READ_BACK) {
                gaps.put(trait.promise(), why);
            }
        });
        return new Findings(all, gaps, notes);
    }

    /** Writes a row and reads it back; why that cannot be done, or null. */
    private static @Nullable String blind(UnknownDestination fixture) {
        Schema schema = Schema.of(new Field("id", new DataType.IntType(64)));
        try (Destination destination = fixture.open(new TestContext())) {
            DestinationSyncMode mode = destination.traits().modes().contains(DestinationSyncMode.APPEND)
                    ? DestinationSyncMode.APPEND
                    : DestinationSyncMode.OVERWRITE;
            TargetSpec spec = new TargetSpec(
                    new Owner("e7f1c0d2-3b55-4a0e-9d0b-6f1a4c2b7d10", "certify", true),
                    StreamId.of("looked_at"),
                    new TargetName(null, "looked_at"),
                    schema,
                    new WriteMode(mode, List.of(), null),
                    new Generation(1, mode.overwrites() ? 1 : 0, 1));
            try (TargetRun run = TargetRun.open(destination, spec)) {
                run.split("only", BatchMaker.of(schema).row(1).build()).publish(null);
            }
            fixture.read(destination.plan(spec));
            return null;
        } catch (ProblemException onlyWrites) {
            return onlyWrites.problem().message();
        }
    }

    /** What a failure says in short. */
    static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("seen to fail");
    }

    private static List<Finding> run(Object fixture, Subject<?> subject, Consumer<Finding> heard, Class<?>... suites) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(JUnitSuites.class.getClassLoader());
        Certified.lookAt(fixture, subject);
        Listener listener = new Listener(heard);
        try {
            LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
            for (Class<?> suite : suites) {
                request.selectors(DiscoverySelectors.selectClass(suite));
            }
            LauncherDiscoveryRequest built = request.build();
            LauncherFactory.create(LauncherConfig.builder().build()).execute(built, listener);
            return listener.findings;
        } finally {
            Certified.lookAt(null, null);
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Turns what JUnit tells into findings. */
    private static final class Listener implements TestExecutionListener {
        private final Consumer<Finding> heard;
        private final List<Finding> findings = new ArrayList<>();

        Listener(Consumer<Finding> heard) {
            this.heard = heard;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean quiet = test.isContainer() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (quiet || test.getParentId().isEmpty()) {
                return;
            }
            String why = result.getThrowable().map(Listener::words).orElse(null);
            Verdict verdict = switch (result.getStatus()) {
                case SUCCESSFUL -> Verdict.KEPT;
                case ABORTED -> Verdict.NOT_CHECKED;
                case FAILED -> Verdict.BROKEN;
            };
            Finding finding = new Finding(group(test), name(test), verdict, why);
            findings.add(finding);
            heard.accept(finding);
        }

        private static String words(Throwable failure) {
            String message = String.valueOf(failure.getMessage()).replaceFirst("^Assumption failed: ", "");
            return message.strip()
                    .lines()
                    .limit(6)
                    .map(String::strip)
                    .reduce((one, two) -> one + " " + two)
                    .orElse("");
        }

        private static String group(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getJavaClass().getSimpleName())
                    .orElse("");
        }

        /** The name of the test as a sentence, and what it was tried with. */
        private static String name(TestIdentifier test) {
            String method = test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getMethodName())
                    .orElse(test.getDisplayName());
            String sentence =
                    method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
            String shown = test.getDisplayName();
            return shown.startsWith(method) ? sentence : sentence + ": " + shown;
        }
    }
}
