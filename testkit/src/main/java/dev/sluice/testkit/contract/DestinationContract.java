package dev.sluice.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of destinations. The test of a destination extends it and makes a fixture:
 *
 * <pre>{@code
 * class LakeDestinationTest extends DestinationContract {
 *     @Override
 *     protected DestinationFixture fixture() {
 *         return new LakeFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>A single group runs with {@code -Dtest='LakeDestinationTest$Merging'} of the build tool or from the editor.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DestinationContract {
    private @Nullable DestinationFixture fixture;

    /** Makes the fixture; called once, before the first test. */
    protected abstract DestinationFixture fixture() throws Exception;

    @BeforeAll
    final void openFixture() throws Exception {
        fixture = fixture();
    }

    @AfterAll
    final void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private DestinationFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("the fixture was not made");
        }
        return fixture;
    }

    @Nested
    final class Checking extends DestinationCheckTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Replacing extends DestinationModeTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Merging extends DestinationDedupTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Committing extends DestinationLedgerTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Owning extends DestinationOwnerTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Evolving extends DestinationSchemaTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Naming extends DestinationNameTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Typing extends DestinationTypeTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Marking extends DestinationMetaTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class ReadingBack extends DestinationReadBackTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Writing extends DestinationWriterTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }
}
