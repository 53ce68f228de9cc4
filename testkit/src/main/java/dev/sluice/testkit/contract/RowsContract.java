package dev.sluice.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds for the rows of every destination, also of one that cannot be asked what it has: a part of the {@link DestinationContract}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RowsContract {
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

    final DestinationFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("the fixture was not made");
        }
        return fixture;
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
    final class Marking extends DestinationMetaTests {
        @Override
        DestinationFixture fixture() {
            return opened();
        }
    }
}
