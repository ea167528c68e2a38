package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.Effort;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/** Stands before every filter of the PDF library, so that nothing is unpacked to more than {@link Effort} allows. */
final class BoundedFilters {

    /* The library unpacks a whole stream into memory, whatever it comes to, and offers no limit. It looks its filters up in
     * one table; each is replaced there by one that counts what comes out of it. Where nothing is limited, as in a
     * program that only writes documents, nothing changes. */

    private BoundedFilters() {}

    static void install() {
        try {
            Field table = FilterFactory.class.getDeclaredField("filters");
            table.setAccessible(true);
            @SuppressWarnings("unchecked") // as it is declared there
            var filters = (Map<COSName, Filter>) table.get(FilterFactory.INSTANCE);
            synchronized (FilterFactory.INSTANCE) {
                filters.replaceAll((name, filter) -> filter instanceof Bounded ? filter : new Bounded(name, filter));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the PDF library keeps its filters elsewhere than they can be bounded", e);
        }
    }

    private static final class Bounded extends Filter {

        private static final int MOST_COLUMNS = 1_728;

        private final COSName name;
        private final Filter filter;

        Bounded(COSName name, Filter filter) {
            this.name = name;
            this.filter = filter;
        }

        @Override
        public DecodeResult decode(InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
                throws IOException {
            return decode(encoded, decoded, parameters, index, DecodeOptions.DEFAULT);
        }

        @Override
        public DecodeResult decode(
                InputStream encoded, OutputStream decoded, COSDictionary parameters, int index, DecodeOptions options)
                throws IOException {
            Effort.checkTime();
            var in = encoded;
            if (name.equals(COSName.DCT_DECODE) || name.equals(COSName.DCT_DECODE_ABBREVIATION)) {
                byte[] jpeg = encoded.readAllBytes();
                checkJpeg(jpeg);
                in = new ByteArrayInputStream(jpeg);
            } else if (name.equals(COSName.CCITTFAX_DECODE) || name.equals(COSName.CCITTFAX_DECODE_ABBREVIATION)) {
                checkFax(parameters, index);
            }
            return filter.decode(in, new Counted(decoded), parameters, index, options);
        }

        private static void checkJpeg(byte[] jpeg) throws IOException {
            try (var stream = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
                var readers = ImageIO.getImageReaders(stream);
                if (readers.hasNext()) {
                    var reader = readers.next();
                    try {
                        reader.setInput(stream, true, true);
                        Effort.pixels(reader.getWidth(0), reader.getHeight(0));
                    } finally {
                        reader.dispose();
                    }
                }
            }
        }

        private static void checkFax(COSDictionary parameters, int index) {
            COSBase found = parameters.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
            if (found instanceof COSArray array && index < array.size()) {
                found = array.getObject(index);
            }
            var fax = found instanceof COSDictionary dictionary ? dictionary : new COSDictionary();
            int rows = Math.max(fax.getInt(COSName.ROWS, 0), parameters.getInt(COSName.HEIGHT, COSName.H, 0));
            Effort.pixels(fax.getInt(COSName.COLUMNS, MOST_COLUMNS), rows);
        }

        @Override
        protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters) throws IOException {
            filter.encode(input, encoded, parameters, 0);
        }
    }

    private static final class Counted extends FilterOutputStream {

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            Effort.unpacked(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            Effort.unpacked(length);
            out.write(bytes, from, length);
        }
    }
}
