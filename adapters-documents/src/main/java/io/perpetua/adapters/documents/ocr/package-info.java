/** Text from pixels: by Tesseract, or by a service. */
@NullMarked
package io.perpetua.adapters.documents.ocr;

import org.jspecify.annotations.NullMarked;
