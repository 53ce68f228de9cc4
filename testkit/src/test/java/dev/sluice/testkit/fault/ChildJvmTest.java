package dev.sluice.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.spi.runtime.Cut;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ChildJvmTest {
    /** Counts to three and passes a cut point each time; waits for ever if it is told to. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            for (int i = 1; i <= 3; i++) {
                out.println("step " + i + " " + System.getProperty("word"));
                Cut.at("here");
            }
            if (arguments.length > 0 && arguments[0].equals("wait")) {
                out.println("waiting");
                System.err.println("and saying so");
                while (true) {
                    LockSupport.park();
                }
            }
            System.exit(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
        }
    }

    @Test
    void runsToItsEndAndTellsWhatItWrote() {
        try (ChildProcess child = ChildJvm.of(Child.class)
                .property("word", "Grüße")
                .option("-Dfile.encoding=UTF-8")
                .start()) {
            child.requireSuccess();
            assertThat(child.output()).containsExactly("step 1 Grüße", "step 2 Grüße", "step 3 Grüße");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(child::requireKilled)
                    .withMessageContaining("ended with 0");
        }
    }

    @Test
    void isKilledAtTheCutPointWhereItWasArmed() {
        try (ChildProcess child =
                ChildJvm.of(Child.class).property("word", "x").cutAt("here:2").start()) {
            child.requireKilled();
            assertThat(child.output()).containsExactly("step 1 x", "step 2 x");
        }
    }

    @Test
    void tellsAFailure() {
        try (ChildProcess child = ChildJvm.of(Child.class).arguments("7").start()) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(child::requireSuccess)
                    .withMessageContaining("ended with 7")
                    .withMessageContaining("step 3");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.awaitLine("never"::equals))
                    .withMessageContaining("ended with 7");
        }
    }

    @Test
    void canBePausedAndKilled() {
        try (ChildProcess child = ChildJvm.of(Child.class).arguments("wait").start()) {
            child.awaitLine("waiting"::equals);
            child.awaitLine("and saying so"::equals);
            assertThat(child.out()).hasSize(4).endsWith("waiting");
            assertThat(child.err()).containsExactly("and saying so");
            assertThat(child.pid()).isPositive();
            child.pause();
            child.resume();
            child.kill();
            assertThat(child.awaitExit()).isEqualTo(ChildProcess.KILLED);
        }
    }

    @Test
    void canBeAskedToEnd() {
        try (ChildProcess child = ChildJvm.of(Child.class).arguments("wait").start()) {
            child.awaitLine("waiting"::equals);
            child.signal("TERM");
            child.requireExit(143);
        }
    }

    @Test
    void hasNoEnvironmentOfTheTest() {
        try (ChildProcess child = ChildJvm.of(Environment.class).start()) {
            child.requireSuccess();
            assertThat(child.output())
                    .isNotEmpty()
                    .allMatch(name -> name.matches("PATH|HOME|TMPDIR|LANG|LD_LIBRARY_PATH|_"));
        }
    }

    /** Writes the names of its environment. */
    static final class Environment {
        private Environment() {}

        public static void main(String[] arguments) {
            System.getenv().keySet().forEach(System.out::println);
        }
    }
}
