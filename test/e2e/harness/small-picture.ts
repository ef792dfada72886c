/** A green picture of 40 by 20 points, as PNG in base64. */
export const SMALL_PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAAI0lEQVR4nGNgWMAw' +
  'MGjU4lGLRy0etXjU4lGLRy0etXjkWAwA2+n0EMmxiN8AAAAASUVORK5CYII=';
