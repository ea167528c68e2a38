package io.perpetua.adapters.vectordb.memory;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A directory on a disk that can be made to take nothing more. */
final class FailingDisk extends FilterDirectory {

    /** Makes a disk fail. */
    static final class Switch {
        volatile boolean fails;
    }

    private final Switch disk;

    FailingDisk(Directory directory, Switch disk) {
        super(directory);
        this.disk = disk;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        failIfBroken();
        return super.createOutput(name, context);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        failIfBroken();
        super.sync(names);
    }

    private void failIfBroken() throws IOException {
        if (disk.fails) {
            throw new IOException("No space left on device");
        }
    }
}
