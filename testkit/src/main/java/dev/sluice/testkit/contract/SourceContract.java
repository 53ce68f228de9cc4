package dev.sluice.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of sources. The test of a source extends it and makes a fixture:
 *
 * <pre>{@code
 * class ShopSourceTest extends SourceContract {
 *     @Override
 *     protected SourceFixture fixture() {
 *         return new ShopFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>A single group runs with {@code -Dtest='ShopSourceTest$Reading'} of the build tool or from the editor.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SourceContract {
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

    private SourceFixture opened() {
        if (fixture == null) {
            throw new IllegalStateException("the fixture was not made");
        }
        return fixture;
    }

    @Nested
    final class Checking extends SourceCheckTests {
        @Override
        SourceFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Reading extends SourceReadTests {
        @Override
        SourceFixture fixture() {
            return opened();
        }
    }

    @Nested
    final class Splitting extends SourceSplitTests {
        @Override
        SourceFixture fixture() {
            return opened();
        }
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
