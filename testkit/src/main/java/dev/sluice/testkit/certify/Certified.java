package dev.sluice.testkit.certify;

import dev.sluice.engine.certify.ContractSuites.Subject;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.RowsContract;
import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.host.TestContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The classes that JUnit makes; what they look at lies beside them, since JUnit knows no other way to hand it over. */
final class Certified {
    private static final AtomicReference<@Nullable Object> FIXTURE = new AtomicReference<>();
    private static final AtomicReference<@Nullable Subject<?>> SUBJECT = new AtomicReference<>();

    private Certified() {}

    /** Says what is looked at from here on. */
    static void lookAt(@Nullable Object fixture, @Nullable Subject<?> subject) {
        FIXTURE.set(fixture);
        SUBJECT.set(subject);
    }

    /** The contract of sources. */
    static final class OfSource extends SourceContract {
        @Override
        protected SourceFixture fixture() {
            return (SourceFixture) Objects.requireNonNull(FIXTURE.get());
        }
    }

    /** The contract of destinations. */
    static final class OfDestination extends DestinationContract {
        @Override
        protected DestinationFixture fixture() {
            return (DestinationFixture) Objects.requireNonNull(FIXTURE.get());
        }
    }

    /** What holds also for destinations that cannot be asked what they have. */
    static final class OfRows extends RowsContract {
        @Override
        protected DestinationFixture fixture() {
            return (DestinationFixture) Objects.requireNonNull(FIXTURE.get());
        }
    }

    /** Configurations that somebody makes up to see what happens. */
    static final class Hostile {
        @TestFactory
        Stream<DynamicTest> aHostileConfigurationBreaksNothing() {
            Subject<?> subject = Objects.requireNonNull(SUBJECT.get());
            Assumptions.assumeFalse(subject.hostile().isEmpty(), "its spec has no options to be hostile in");
            return subject.hostile().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> tryIt(each.getValue(), subject)));
        }

        private static void tryIt(Function<ConnectorContext, ?> open, Subject<?> subject) {
            TestContext context = new TestContext();
            String said;
            try {
                said = String.valueOf(check(open.apply(context)));
            } catch (ProblemException refused) {
                said = refused.problem().toString();
            } catch (RuntimeException other) {
                throw new AssertionError(
                        "it is refused by a problem that says what is wrong, and not by " + other, other);
            }
            for (String secret : subject.secrets()) {
                if ((said + context.lines()).contains(secret)) {
                    throw new AssertionError("what was said about it holds a secret");
                }
            }
        }

        private static CheckReport check(Object opened) {
            return switch (opened) {
                case Source source -> {
                    try (source) {
                        yield source.check();
                    }
                }
                case Destination destination -> {
                    try (destination) {
                        yield destination.check();
                    }
                }
                default -> new CheckReport(List.of());
            };
        }
    }
}
