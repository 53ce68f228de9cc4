package dev.sluice.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The part of the contract of sources that is about increments, for a source that is tested by {@link SourceContract} and
 * has another way to read increments besides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class IncrementContract {
    private @Nullable SourceFixture fixture;

    /** Makes the fixture; called once, before the first test. */
    protected abstract SourceFixture fixture() throws Exception;

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

    final SourceFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("the fixture was not made");
        }
        return fixture;
    }

    @Nested
    final class Incrementing extends SourceIncrementTests {
        @Override
        SourceFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Concurring extends SourceWriterTests {
        @Override
        SourceFixture fixture() {
            return opened();
        }
    }
}
