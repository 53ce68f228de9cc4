package dev.sluice.testkit.contract;

/** A source that reads a log of changes and keeps the whole contract passes it. */
class MemoryLogSourceTest extends SourceContract {
    @Override
    protected SourceFixture fixture() {
        return new MemorySourceFixture(SourceFault.NONE, true);
    }
}
