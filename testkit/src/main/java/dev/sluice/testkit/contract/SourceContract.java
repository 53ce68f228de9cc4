package dev.sluice.testkit.contract;

import org.junit.jupiter.api.Nested;

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
public abstract class SourceContract extends IncrementContract {
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
}
