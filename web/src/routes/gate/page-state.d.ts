declare global {
  namespace App {
    interface PageState {
      /** What is open at the gate instead of the camera; the way back closes it. */
      gate?: 'groups' | 'list' | 'refused'
    }
  }
}

export {}
