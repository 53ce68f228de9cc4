package dev.sluice.testkit.contract;

import org.junit.jupiter.api.Nested;

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
public abstract class DestinationContract extends RowsContract {
    @Nested
    final class Checking extends DestinationCheckTests {
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
